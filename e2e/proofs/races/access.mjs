// Races for access: a session renewed by many pages at once, a pick-up code used by many.
import { setTimeout as pause } from "node:timers/promises";

import { PASSWORD } from "../../harness/installation.mjs";
import { cookieOf } from "./people.mjs";
import { answered, kept, winners } from "./start.mjs";

const NEW_PASSWORD = "four quiet lanterns drift";
const BORN = "1990-02-03";

/** Many pages of one browser renew the session: it goes on for all, with one token that follows. */
export async function renewal({ people, query, clients }) {
  const person = people.next();
  const { cookie } = await people.opened(person);
  const renew = { method: "POST", path: "/auth/refresh", headers: own(cookie) };
  return {
    requests: Array.from({ length: clients }, () => renew),
    judge: async (answers) => {
      const findings = winners(answers, { won: "200", wins: Math.max(1, answers.filter(answered).length), lost: [] });
      const followers = new Set(answers.map(({ headers }) => cookieOf(headers)).filter(Boolean));
      const [tokens] = await query(
        `SELECT count(*), count(rotated_at) FROM refresh_tokens JOIN sessions s ON s.id = session_id WHERE account_id = '${person.account}'`,
      );
      const [all, replaced] = tokens.split("|").map(Number);
      const text = `tokens that follow one: ${followers.size} told, ${all - 1} kept; replaced: ${replaced}`;
      if (followers.size > 1 || all > 2) findings.push({ kind: "double", text });
      else if (followers.size < 1 || all < 2 || replaced !== 1) findings.push({ kind: "lost", text });
      const after = [];
      for (const { body } of answers.filter(({ status }) => status === 200)) {
        after.push(await people.ask("GET", "/auth/session", { token: body.access_token }));
      }
      for (const follower of followers) after.push(await people.ask("POST", "/auth/refresh", { headers: own(follower) }));
      const out = after.filter(({ status }) => status !== 200);
      if (out.length > 0) findings.push({ kind: "lost", text: `${out.length} are not signed in any more` });
      return findings;
    },
  };
}

/** As a page of the apps sends it. */
const own = (cookie) => ({ cookie, "sec-fetch-site": "same-origin" });

/** People of an HR file who have no access yet, each with a pick-up code that the clinic shows them. */
export async function newcomers(count, { people, query }) {
  const lines = Array.from({ length: count }, (_, n) => `race${n + 1},Newcomer,Nadia,${BORN}`);
  const file = ["employee_id,last_name,first_name,birth_date", ...lines, ""].join("\n");
  const [admin, clinician] = await Promise.all(
    ["admin", "clinician"].map((name) => people.opened({ email: `${name}@sandbox.example`, password: PASSWORD })),
  );
  const { token } = admin;
  const { body: sent } = await people.send("POST", "/admin/hr-feed-runs?employer=northwind", {
    token, key: crypto.randomUUID(), raw: file, headers: { "content-type": "text/csv" },
  });
  await settled(sent.id, "paused", people, token);
  await people.send("POST", `/admin/hr-feed-runs/${sent.id}/decisions`, { token, json: { decision: "apply", reason: "They begin on Monday." } });
  await settled(sent.id, "applied", people, token);
  const all = [];
  for (const person of await query(`SELECT person_id FROM feed_run_rows WHERE run_id = '${sent.id}' ORDER BY number`)) {
    const { body: made } = await people.send("POST", `/clinic/people/${person}/pickup-codes`, {
      token: clinician.token, key: crypto.randomUUID(), json: { channel: "shown" },
    });
    all.push({ person, shown: made.code });
  }
  return all;
}

/** Waits until a file is as far as that: a large one goes on after its answer. */
async function settled(id, state, people, token) {
  for (let tries = 0; ; tries += 1) {
    const { body: run } = await people.send("GET", `/admin/hr-feed-runs/${id}`, { token });
    if (run.state === state) return;
    if (tries > 300) throw new Error(`the HR file is ${run.state}`);
    await pause(100);
  }
}

/** One redemption of a code is completed many times. */
export async function code({ people, query, clients, newcomers, installation }) {
  const { person, shown } = newcomers.pop();
  const email = `${person}@home.example`;
  const { id, token } = await upToPassword(shown, email, people, installation.mailbox);
  const json = { token, password: NEW_PASSWORD, language: "es" };
  const complete = { method: "POST", path: `/public/code-redemptions/${id}/completion`, json };
  return {
    requests: Array.from({ length: clients }, () => complete),
    judge: async (answers) => {
      const findings = winners(answers, { won: "201", lost: ["422 code-not-usable", "409 redemption-over"] });
      const holders = await query(`SELECT account_id FROM relationships WHERE person_id = '${person}' AND kind = 'self'`);
      const named = await query(`SELECT account_id FROM sign_in_names WHERE name = '${email}'`);
      findings.push(...kept("accounts", holders, named));
      const [state] = await query(`SELECT state FROM pickup_codes WHERE person_id = '${person}'`);
      if (state !== "redeemed") findings.push({ kind: "lost", text: `the code is ${state}` });
      const { status } = await people.ask("POST", "/auth/sessions", { json: { email, password: NEW_PASSWORD } });
      if (status !== 201) findings.push({ kind: "lost", text: `the new account cannot sign in: ${status}` });
      return findings;
    },
  };
}

/** Everything before the password, as a newcomer does it. */
async function upToPassword(shown, email, people, mailbox) {
  const { body: begun } = await people.send("POST", "/public/code-redemptions", { json: { code: shown } });
  const { id, token } = begun;
  const answer = (json) => people.send("PATCH", `/public/code-redemptions/${id}`, { json: { token, ...json } });
  await answer({ birth_date: BORN });
  await answer({ who: "myself" });
  await answer({ email });
  const { subject } = await mailbox.newestTo(email, /./);
  await answer({ digits: subject.match(/\d{6}/)[0] });
  return { id, token };
}
