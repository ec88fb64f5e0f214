// Races of somebody with themselves: a message sent again before it is answered, a form open on two
// devices, a form sent in twice.
import { shuffled } from "./people.mjs";
import { kept, label, winners } from "./start.mjs";

const QUESTION = "01900000-0000-7000-8000-000005a17011";
const ANSWERS = {
  noise_recent: false, ear_symptoms: ["none"], respirator_use: "never", smoker: false,
  weight: { value: "176", unit: "[lb_av]" }, height: { value: "70", unit: "[in_i]" },
  takes_medicines: true, medicines: "Ibuprofen 200 mg",
};

/** One message under one key: whoever is answered gets the one that was written. */
export async function message({ people, query, clients }) {
  const { token } = await people.signedIn();
  const { body: conversation } = await people.send("POST", "/me/conversations", {
    token, key: crypto.randomUUID(), json: { type_id: QUESTION, text: "May I lift with this shoulder?" },
  });
  const path = `/me/conversations/${conversation.id}/messages`;
  const again = { method: "POST", path, token, key: crypto.randomUUID(), json: { text: "It began on Monday." } };
  return {
    requests: Array.from({ length: clients }, () => again),
    judge: async (answers) => {
      // All of them may win; what they win is the same.
      const won = answers.filter(({ status }) => status === 201);
      const findings = winners(answers, { won: "201", wins: Math.max(1, won.length), lost: ["409 idempotency-in-progress"] });
      const told = new Set(won.map(({ body }) => JSON.stringify(body)));
      if (told.size > 1) findings.push({ kind: "double", text: `${told.size} different answers under one key` });
      const rows = await query(`SELECT id FROM messages WHERE conversation_id = '${conversation.id}' AND seq > 1`);
      return [...findings, ...kept("messages", rows, [...new Set(won.map(({ body }) => body.id))])];
    },
  };
}

async function begun(people, person) {
  const { token } = person;
  const { body: list } = await people.send("GET", "/me/questionnaire-assignments", { token });
  const asked = list.items.find(({ state }) => state === "open");
  const { body } = await people.send("POST", "/me/responses", { token, key: crypto.randomUUID(), json: { assignment_id: asked.id } });
  return body;
}

const change = (name, value) => ({ op_id: crypto.randomUUID(), path: `/answers/${name}`, value, base: 0 });

/** Two devices that know the same draft change one answer, each time to something else: whoever loses sees both. */
export async function draft({ people, query, dice, clients }) {
  const person = await people.signedIn();
  const draft = await begun(people, person);
  const devices = [person, await people.opened(person)];
  const path = `/me/responses/${draft.id}`;
  const typed = shuffled(Array.from({ length: clients }, (_, hours) => String(hours)), dice);
  return {
    requests: typed.map((hours, n) => ({
      method: "PATCH", path, token: devices[n % 2].token, json: { operations: [change("noise_hours", hours)] },
    })),
    judge: async (answers) => {
      const findings = winners(answers, { won: "200", lost: ["409 answer-conflict"] });
      const { body: shown } = await people.ask("GET", path, { token: person.token });
      const saved = shown.answers?.noise_hours?.value;
      const operations = await query(`SELECT op_id FROM questionnaire_operations WHERE response_id = '${draft.id}'`);
      if (operations.length > 1) findings.push({ kind: "double", text: `${operations.length} changes of one state in the database` });
      answers.forEach((answer, n) => {
        if (answer.status === 200 && saved !== typed[n]) findings.push({ kind: "lost", text: `${typed[n]} was taken, and the draft says ${saved}` });
        if (label(answer) !== "409 answer-conflict") return;
        const [both] = answer.body.conflicts;
        const told = both?.yours === typed[n] && both.saved === saved && both.path === "/answers/noise_hours";
        if (!told) findings.push({ kind: "lost", text: `${typed[n]} lost against ${saved} and was shown ${JSON.stringify(both)}` });
      });
      return findings;
    },
  };
}

/** A complete form is sent in many times. */
export async function submission({ people, query, clients }) {
  const person = await people.signedIn();
  const { token } = person;
  const draft = await begun(people, person);
  const path = `/me/responses/${draft.id}`;
  const operations = Object.entries(ANSWERS).map(([name, value]) => change(name, value));
  const { body: saved } = await people.send("PATCH", path, { token, json: { operations } });
  const json = { person_id: person.person, version: saved.version, today: saved.today, answers: ANSWERS };
  return {
    requests: Array.from({ length: clients }, () => ({ method: "POST", path: `${path}/submission`, token, json })),
    judge: async (answers) => {
      const rows = await query(`SELECT response_id FROM questionnaire_revisions WHERE response_id = '${draft.id}'`);
      const told = answers.filter(({ status }) => status === 200).map(({ body }) => body.id);
      return [...winners(answers, { won: "200", lost: ["409 already-submitted"] }), ...kept("submissions", rows, told)];
    },
  };
}
