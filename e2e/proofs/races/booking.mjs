// Races for a time: one is free and many want it, or one kept it and confirms it many times.
import { kept, label, winners } from "./start.mjs";

/** The fit test: one provider and one room, so a time is free once. */
const KIND = "01900000-0000-7000-8000-000005a13002";
const DAY = 24 * 60 * 60 * 1000;

/** A time that nobody has. */
async function freeTime({ people, dice }, person) {
  for (;;) {
    const day = new Date(Date.now() + (3 + dice.below(28)) * DAY).toISOString().slice(0, 10);
    const { body } = await people.send("GET", `/me/slots?type=${KIND}&from=${day}&to=${day}`, { token: person.token });
    if (body.items.length === 0) continue;
    const { starts_at, location_id, modality } = dice.of(body.items);
    return { appointment_type_id: KIND, starts_at, location_id, modality };
  }
}

/** Everybody keeps the same time. */
async function rush(context, wins) {
  const { people, query, clients } = context;
  const crowd = await people.crowd(clients);
  const slot = await freeTime(context, crowd[0]);
  return {
    requests: crowd.map(({ token }) => ({
      method: "POST", path: "/me/slot-holds", token, key: crypto.randomUUID(), json: slot,
    })),
    judge: async (answers) => {
      const findings = winners(answers, { won: "201", wins, lost: ["409 slot-taken"] });
      const silent = answers.filter((answer) => label(answer) === "409 slot-taken" && answer.body.next_slots?.length !== 3);
      if (silent.length > 0) findings.push({ kind: "told", text: `${silent.length} were not told three other times` });
      const rows = await query(`SELECT id FROM slot_holds WHERE starts_at = '${slot.starts_at}' AND ended_at IS NULL`);
      const won = answers.flatMap(({ status, body }, n) => (status === 201 ? [{ id: body.id, person: crowd[n] }] : []));
      findings.push(...kept("holds of the time", rows, won.map(({ id }) => id), wins));
      people.replace(won.slice(0, wins).map(({ person }) => person));
      return findings;
    },
  };
}

export const slot = (context) => rush(context, 1);

/** As many as there are seats get one. */
export async function seats(context) {
  const places = 3;
  // The time is chosen while there is one seat: then all three are free.
  const race = await rush(context, places);
  await context.query(`UPDATE schedules SET capacity = ${places}`);
  const judge = async (answers) => {
    await context.query("UPDATE schedules SET capacity = 1");
    return race.judge(answers);
  };
  return { ...race, judge };
}

/** One kept time is confirmed again and again, each time as if for the first time. */
export async function confirmation(context) {
  const { people, query, clients } = context;
  const person = await people.signedIn();
  const { token } = person;
  const time = await freeTime(context, person);
  const { body: hold } = await people.send("POST", "/me/slot-holds", { token, key: crypto.randomUUID(), json: time });
  return {
    requests: Array.from({ length: clients }, () => ({
      method: "POST", path: "/me/appointments", token, key: crypto.randomUUID(), json: { hold_id: hold.id },
    })),
    judge: async (answers) => {
      const rows = await query(`SELECT id FROM appointments WHERE person_id = '${person.person}'`);
      const told = answers.filter(({ status }) => status === 201).map(({ body }) => body.id);
      return [...winners(answers, { won: "201", lost: ["409 hold-expired"] }), ...kept("visits", rows, told)];
    },
  };
}
