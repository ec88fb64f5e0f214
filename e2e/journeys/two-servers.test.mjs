// Two servers on one database, behind a load balancer: what is done at one holds at the other, and
// when the one that serves somebody dies in the middle of their work, they go on at the other.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { Api } from "../harness/api.mjs";
import { PHONE, Person, open, until } from "../harness/browser.mjs";
import { Installation, PASSWORD } from "../harness/installation.mjs";
import { answerAll } from "../harness/questionnaire.mjs";

const ONE = 0;
const OTHER = 1;
/** Requests a minute of an account; more than a journey makes. */
const QUOTA = 900;
const MEDICINE = "Zanthorvelin, one a day";
const ANSWERS = [[/take any medicines/i, "Yes"], [/which medicines/i, MEDICINE], [/how many hours/i, "2.5"], [/weigh/i, "181"], [/tall/i, "70"]];
/** What a browser says of the requests that were under way at a server that died. */
const DEATH = /status of 50[23]|ERR_(INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE|CONNECTION_RESET)/;

let installation;
before(async () => {
  installation = await Installation.start({ SALUS_RATES__REQUESTS_PER_MINUTE: String(QUOTA) }, undefined, 2);
});
after(() => installation?.stop());

/** A request to one of the servers itself. */
async function ask(server, method, path, { token, body, key, cookie, headers = {} } = {}) {
  const response = await fetch(`${installation.addresses[server]}/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(key ? { "idempotency-key": key } : {}),
      ...(cookie ? { cookie, "sec-fetch-site": "same-origin" } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

function signIn(server, name, password = PASSWORD) {
  return ask(server, "POST", "/auth/sessions", { body: { email: `${name}@sandbox.example`, password } });
}

async function tokenFrom(server, name) {
  const answer = await signIn(server, name);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.access_token;
}

const cookieOf = (answer) => answer.headers.get("set-cookie")?.split(";")[0];

/** The conversation of the clinic's first message about something to a person. */
async function clinicWrites(person, text, subject = "Before your visit") {
  const types = await installation.api.as("clinician", "GET", "/clinic/message-types");
  const type = types.items.find((one) => one.id);
  return installation.api.as("clinician", "POST", "/clinic/conversations", { person_id: person, type_id: type.id, subject, text });
}

const personOf = async (name) => (await installation.api.as(name, "GET", "/me/profile")).id;

/** Listens at a server and gives back what is heard until `kind` is. */
async function heard(server, token, kind, meanwhile) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(new Error(`${kind} is not heard`)), 10_000);
  const stream = await fetch(`${installation.addresses[server]}/api/v1/me/events`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  let text = "";
  let told = false;
  for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (!told && text.includes("event: ready")) {
      told = true;
      await meanwhile();
    }
    if (text.includes(`event: ${kind}\n`)) break;
  }
  clearTimeout(limit);
  stop.abort();
  return text;
}

describe("what is done at one server holds at the other", { concurrency: false }, () => {
  test("a session opened at one is good at the other, and the balancer asks both in turn", async () => {
    const token = await tokenFrom(ONE, "employee");
    assert.equal((await ask(OTHER, "GET", "/me/profile", { token })).status, 200);
    const before = installation.balancer.served;
    for (let n = 0; n < 4; n += 1) await installation.api.as("employee", "GET", "/me/profile");
    const since = installation.balancer.served.map((served, index) => served - before[index]);
    assert.ok(since.every((served) => served >= 2), `${since}`);
  });

  test("signing out at one acts at the other on the very next request", async () => {
    const opened = await signIn(ONE, "employee");
    const token = opened.body.access_token;
    assert.equal((await ask(OTHER, "GET", "/me/profile", { token })).status, 200);
    const out = await ask(ONE, "DELETE", "/auth/session", { token, cookie: cookieOf(opened) });
    assert.equal(out.status, 204);
    assert.equal((await ask(OTHER, "GET", "/me/profile", { token })).status, 401);
  });

  test("a session is refreshed at whichever server is asked, and a token used again after that ends it at both", async () => {
    const first = cookieOf(await signIn(ONE, "employee"));
    const second = await ask(OTHER, "POST", "/auth/refresh", { cookie: first });
    assert.equal(second.status, 200);
    const third = await ask(ONE, "POST", "/auth/refresh", { cookie: cookieOf(second) });
    const token = third.body.access_token;
    assert.equal((await ask(OTHER, "GET", "/me/profile", { token })).status, 200);
    await installation.query("update refresh_tokens set rotated_at = rotated_at - interval '1 minute'");
    assert.equal((await ask(OTHER, "POST", "/auth/refresh", { cookie: first })).status, 401);
    assert.equal((await ask(ONE, "GET", "/me/profile", { token })).status, 401);
  });

  test("a refresh whose answer was lost with its server is answered by the other", async () => {
    const first = cookieOf(await signIn(ONE, "employee"));
    const lost = await ask(ONE, "POST", "/auth/refresh", { cookie: first });
    const again = await ask(OTHER, "POST", "/auth/refresh", { cookie: first });
    assert.equal(again.status, 200);
    assert.equal(cookieOf(again), cookieOf(lost));
  });

  test("a message sent to both at once under one key is one message", async () => {
    const token = await tokenFrom(ONE, "employee");
    const types = await ask(ONE, "GET", "/me/message-types", { token });
    const body = { type_id: types.body.items[0].id, subject: "Twice", text: "Is this sent once?" };
    const key = crypto.randomUUID();
    const both = await Promise.all([ONE, OTHER].map((server) => ask(server, "POST", "/me/conversations", { token, body, key })));
    assert.deepEqual(both.map((answer) => answer.status), [201, 201]);
    assert.equal(both[0].body.id, both[1].body.id);
    const list = await ask(OTHER, "GET", "/me/conversations", { token });
    assert.equal(list.body.items.filter((one) => one.subject === "Twice").length, 1);
  });

  test("a visit booked at both at once under one key is one visit", async () => {
    const token = await tokenFrom(ONE, "employee2");
    const held = await holdFirstTime(token);
    const key = crypto.randomUUID();
    const both = await Promise.all([ONE, OTHER].map((server) => ask(server, "POST", "/me/appointments", { token, body: { hold_id: held }, key })));
    assert.deepEqual(both.map((answer) => answer.status), [201, 201], JSON.stringify(both[0].body));
    assert.equal(both[0].body.id, both[1].body.id);
  });

  test("failed sign-ins are counted at both together", async () => {
    for (let n = 0; n < 5; n += 1) assert.equal((await signIn(n % 2, "supervisor2", "wrong")).status, 401);
    for (const server of [ONE, OTHER]) {
      const answer = await signIn(server, "supervisor2");
      assert.equal(answer.status, 429);
      assert.match(answer.body.type, /locked-out/);
    }
  });

  test("an account has one quota of requests at both together", async () => {
    const token = await tokenFrom(ONE, "admin");
    const left = async (server) => {
      const answer = await ask(server, "GET", "/auth/session", { token });
      return answer.status === 429 ? 0 : Number(/r=(\d+)/.exec(answer.headers.get("ratelimit"))[1]);
    };
    assert.ok((await left(OTHER)) > QUOTA / 2);
    for (let n = 0; n < QUOTA / 50; n += 1) await Promise.all(Array.from({ length: 50 }, () => left(ONE)));
    assert.ok((await left(ONE)) < QUOTA / 10);
    await until(async () => (await left(OTHER)) < QUOTA / 10, "the other server hears of it");
  });

  test("a message sent at one is heard live at the other", async () => {
    const token = await tokenFrom(OTHER, "employee");
    const person = await personOf("employee");
    const text = await heard(OTHER, token, "message.sent", () => clinicWrites(person, "Please come fasting."));
    assert.match(text, /"conversation_id"/);
  });

  test("a portal that is published anew looks the same from both", async () => {
    const look = async (server, known) => ask(server, "GET", "/public/portals/northwind", { headers: known ? { "if-none-match": known } : {} });
    const known = (await look(ONE)).headers.get("etag");
    await look(OTHER);
    await installation.query(
      `with old as (select v.* from portal_versions v join portals p on p.id = v.portal_id and p.published_version = v.number where p.slug = 'northwind'),
       new as (insert into portal_versions select gen_random_uuid(), provider_org_id, portal_id, number + 1,
         content || '{"brand_color": "#0B6E4F"}', now(), published_by, note from old returning portal_id, number)
       update portals set published_version = new.number from new where id = new.portal_id`,
    );
    for (const server of [ONE, OTHER]) {
      const answer = await look(server, known);
      assert.deepEqual([answer.status, answer.body?.brand_color], [200, "#0B6E4F"]);
    }
  });

  test("a key one server makes while the other runs is known there at once", async () => {
    const earlier = await tokenFrom(OTHER, "employee");
    await installation.query("update signing_keys set retires_at = now() - interval '1 second'");
    await installation.revive(ONE);
    const token = await tokenFrom(ONE, "employee");
    const kid = (of) => JSON.parse(Buffer.from(of.split(".")[0], "base64url")).kid;
    assert.notEqual(kid(token), kid(earlier));
    assert.equal((await ask(OTHER, "GET", "/me/profile", { token })).status, 200);
    for (const server of [ONE, OTHER]) {
      assert.equal((await ask(server, "GET", "/me/profile", { token: earlier })).status, 200, "a token lives as long as it says");
    }
    assert.equal(kid(await tokenFrom(OTHER, "employee")), kid(token));
  });

  test("a notice is mailed once, though both servers look for what is to be told", async () => {
    const rows = await installation.query(
      `select distinct p.id, c.value from persons p join contact_points c on c.person_id = p.id and c.kind = 'email'
       join relationships r on r.person_id = p.id and r.kind = 'self'
       where not exists (select 1 from conversations v where v.person_id = p.id) order by p.id limit 5`,
    );
    const people = rows.map((row) => row.split("|"));
    assert.ok(people.length > 1);
    for (const [person] of people) await clinicWrites(person, "There is something to read.");
    await installation.query("update outbox_events set created_at = created_at - interval '5 minutes' where kind = 'message.sent'");
    // Those who booked above are mailed about that too.
    const mails = async (address) =>
      (await installation.mailbox.all()).filter((mail) => mail.to[0].address === address && /something new|algo nuevo/.test(mail.subject)).length;
    for (const [, address] of people) await until(async () => (await mails(address)) > 0, "the mail");
    await until(async () => (await installation.query("select 1 from outbox_mails where sent_at is null")).length === 0, "an empty outbox");
    for (const [, address] of people) assert.equal(await mails(address), 1);
  });

  test("the trail that both write is sealed by one at a time, and whole", async () => {
    const numbers = () => installation.query("select number from audit_blocks order by number");
    const before = (await numbers()).length;
    const token = await tokenFrom(ONE, "employee");
    await Promise.all([ONE, OTHER].map((server) => ask(server, "GET", "/me/profile", { token })));
    await until(async () => (await numbers()).length > before, "a block");
    assert.deepEqual(await numbers(), (await numbers()).map((_, index) => String(index + 1)));
    assert.match(await installation.salus("audit", "verify"), /whole/);
  });
});

describe("the server that serves somebody dies", { concurrency: false }, () => {
  let browser;
  let employee;

  before(async () => {
    // At most five sessions of an account: those above may have ended this one's.
    installation.api = new Api(installation.origin);
    browser = await open();
    employee = await Person.enter(browser, installation.origin, { viewport: PHONE });
    await employee.signIn("/employee/", "employee");
  });
  after(() => browser?.close());
  beforeEach(async () => {
    for (const server of [ONE, OTHER]) if (!installation.lives(server)) await installation.revive(server);
  });

  /** Has a server die of a request, and answers which one when the person did what sends it. */
  const dieWhile = async (method, path, answered, work) => {
    const death = installation.balancer.dieOf(method, path, { answered });
    await work();
    return death;
  };
  const visits = async () => (await installation.api.as("employee", "GET", "/me/appointments")).items.map((visit) => visit.id);
  const unreachable = () => employee.page.getByText("We cannot reach the server").first();
  /** What anybody does all day; nothing of it may show that a server is gone. */
  const goesOn = async () => {
    for (const path of ["/employee/appointments", "/employee/messages", "/employee/work-status", "/employee/"]) {
      await employee.goto(path);
      assert.equal(await unreachable().count(), 0, `${path} cannot reach the server`);
    }
    employee.assertQuiet();
  };

  test("after it booked a visit and before it said so: pressing once more books nothing twice", async () => {
    const { page } = employee;
    const before = await visits();
    await page.getByRole("link", { name: /^Book: |^Schedule an appointment/ }).first().click();
    await employee.settled();
    const kinds = page.getByRole("heading", { name: "What do you need?" });
    await kinds.or(page.getByRole("heading", { name: "Choose a day" })).first().waitFor();
    if (await kinds.isVisible()) await page.locator("main li button, main .row").first().click();
    await page.locator(".day-chip").nth(1).click();
    await page.locator(".time-button").first().click();
    const book = page.getByRole("button", { name: "Book this time" });
    await employee.allowing(DEATH, async () => {
      const died = await dieWhile("POST", /\/me\/appointments$/, true, () => book.click());
      await unreachable().waitFor();
      await employee.picture("two-servers-booking");
      await book.click();
      await page.getByRole("heading", { name: /Your appointment is booked|The clinic will confirm/ }).waitFor();
      await installation.revive(died);
    });
    assert.equal((await visits()).length, before.length + 1);
    employee.assertQuiet();
  });

  test("while answers are saved, before and after it did: all of them arrive", async () => {
    const { page } = employee;
    await employee.goto("/employee/questionnaires");
    await page.locator("main li a").first().click();
    await page.getByRole("button", { name: /^(Start|Continue)$/ }).click();
    await page.locator("main form").waitFor();
    const saving = /\/me\/responses\/[^/]+$/;
    await employee.allowing(DEATH, async () => {
      const yes = page.locator("main form").getByLabel("Yes", { exact: true }).first();
      const died = await dieWhile("PATCH", saving, true, () => yes.check());
      await page.getByText("What you answered is kept on this device").waitFor();
      await employee.picture("two-servers-answers");
      assert.ok(await yes.isChecked());
      await installation.revive(died);
      const next = dieWhile("PATCH", saving, false, () => answerAll(employee, ANSWERS));
      await installation.revive(await next);
      await page.getByText("What you answered is kept on this device").waitFor({ state: "detached" });
    });
    assert.match(await page.locator("main").textContent(), /Zanthorvelin/);
    await page.getByRole("button", { name: "Send to the clinic" }).click();
    const anyway = page.getByRole("button", { name: "Send anyway" });
    await anyway.or(page.getByText("Thank you")).first().waitFor();
    if (await anyway.isVisible()) await anyway.click();
    await page.getByText("Thank you").waitFor();
    const [response] = (await installation.api.as("clinician", "GET", "/clinic/responses")).items;
    const sent = JSON.stringify(await installation.api.as("clinician", "GET", `/clinic/responses/${response.id}`));
    for (const typed of [MEDICINE, "2.5", "181", "70"]) assert.ok(sent.includes(typed), `${typed} has arrived`);
    employee.assertQuiet();
  });

  test("while a conversation is open: what the clinic writes then, and later, comes by itself", async () => {
    const { page } = employee;
    const { id } = await clinicWrites(await personOf("employee"), "Are you well?", "How you are");
    await employee.goto(`/employee/messages/${id}`);
    await page.getByText("Are you well?").first().waitFor();
    const stream = "/api/v1/me/events";
    await until(() => installation.balancer.answering(stream).length === 1, "a stream");
    await page.evaluate(() => { window.isTheSamePage = true; });
    const write = (text) => installation.api.as("clinician", "POST", `/clinic/conversations/${id}/messages`, { text });
    await employee.allowing(DEATH, async () => {
      const [serving] = installation.balancer.answering(stream);
      await installation.kill(serving);
      await write("We ask because of yesterday.");
      await employee.picture("two-servers-live");
      await page.getByText("We ask because of yesterday.").first().waitFor();
      await until(() => installation.balancer.answering(stream).some((server) => server !== serving), "a stream of the other");
    });
    await write("Call us any time.");
    await page.getByText("Call us any time.").first().waitFor();
    assert.ok(await page.evaluate(() => window.isTheSamePage));
    await goesOn();
  });

  test("while the page opens: the person stays signed in", async () => {
    const { page } = employee;
    await employee.allowing(DEATH, async () => {
      const died = await dieWhile("POST", /\/auth\/refresh$/, true, () => page.reload());
      await employee.settled();
      await page.getByRole("heading", { name: "To do" }).waitFor();
      await installation.revive(died);
    });
    // What the browser holds is good for more than the ten seconds in which the old token is.
    await installation.query("update refresh_tokens set rotated_at = rotated_at - interval '1 minute'");
    await page.reload();
    await page.getByRole("heading", { name: "To do" }).waitFor();
    await goesOn();
  });

  test("with a balancer that leaves it in, these checks fail", async () => {
    const everyAnswer = async () => {
      for (let n = 0; n < 4; n += 1) assert.equal((await fetch(`${installation.origin}/healthz`)).status, 200);
    };
    await employee.allowing(DEATH, async () => {
      await installation.kill(ONE);
      await everyAnswer();
      await employee.goto("/employee/");
    });
    await goesOn();
    installation.balancer.takesOut = false;
    await assert.rejects(everyAnswer(), assert.AssertionError);
    await assert.rejects(goesOn(), /502|cannot reach|complained|Timeout/);
  });
});

/** Holds the first free time of the first kind of visit a person may book. */
async function holdFirstTime(token) {
  const types = await ask(ONE, "GET", "/me/appointment-types", { token });
  for (const type of types.body.items ?? types.body) {
    const slots = await ask(ONE, "GET", `/me/slots?type=${type.id}&from=${day(1)}&to=${day(21)}`, { token });
    const slot = slots.body.items?.[0];
    if (!slot) continue;
    const body = { appointment_type_id: type.id, location_id: slot.location_id, modality: slot.modality, starts_at: slot.starts_at };
    const held = await ask(ONE, "POST", "/me/slot-holds", { token, body, key: crypto.randomUUID() });
    if (held.status === 201) return held.body.id;
  }
  throw new Error("there is no free time");
}

/** A day from now, as the API writes it. */
function day(ahead) {
  return new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
}
