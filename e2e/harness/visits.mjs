// A visit to start from, booked through the API.

const DAY = 24 * 3600 * 1000;

/** The local date so many days from now, as the clinic has it. */
export function dayAfter(days) {
  return new Date(Date.now() + days * DAY).toLocaleDateString("sv-SE", { timeZone: "America/Indiana/Indianapolis" });
}

/** Books the first free time of a kind about a week ahead, so that it can still be moved. */
export async function bookAhead(api, name, kind) {
  const { items } = await api.as(name, "GET", "/me/appointment-types");
  const type = items.find((one) => one.public_name === kind).id;
  const free = await api.as(name, "GET", `/me/slots?type=${type}&from=${dayAfter(6)}&to=${dayAfter(12)}`);
  for (const { starts_at, location_id, modality } of free.items) {
    const held = await heldOrTaken(api, name, { appointment_type_id: type, starts_at, location_id, modality });
    if (held) return api.as(name, "POST", "/me/appointments", { hold_id: held.id });
  }
  throw new Error(`no free time of ${kind} could be held`);
}

/** The hold; nothing if the time went to somebody else, as one given back goes to who waits for it. */
async function heldOrTaken(api, name, wish) {
  try {
    return await api.as(name, "POST", "/me/slot-holds", wish);
  } catch (refused) {
    if (!refused.message.includes("/problems/slot-taken")) throw refused;
    return null;
  }
}

/** The clinic books a visit that starts in some minutes, whatever the hour: rules in the way are set aside. */
export async function bookSoon(api, person, kind, minutes, how = {}) {
  const { items } = await api.as("clinician", "GET", "/clinic/appointment-types");
  const type = items.find((one) => one.public_name === kind);
  const start = new Date(Date.now() + minutes * 60_000);
  start.setUTCSeconds(0, 0);
  const command = {
    person_id: person, appointment_type_id: type.id, starts_at: start.toISOString(),
    location_id: type.location_ids[0], modality: type.modalities[0], ...how,
  };
  try {
    return await api.as("clinician", "POST", "/clinic/appointments", command);
  } catch (refused) {
    const kinds = JSON.parse(/"kinds":(\[[^\]]*\])/.exec(refused.message)?.[1] ?? "null");
    if (!kinds) throw refused;
    const override = { kinds, reason: "The journey cannot wait for the clinic to open." };
    return api.as("clinician", "POST", "/clinic/appointments", { ...command, override });
  }
}
