import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { parse } from "yaml";

import { root } from "../harness/settings.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const compose = parse(read("docker-compose.yml"));
const dockerfile = read("Dockerfile");

/** Names of the server's settings, as its own source declares them. */
function settings() {
  const source = read("crates/api/src/settings.rs");
  return new Set([...source.matchAll(/^\s{4}pub (\w+):/gm)].map((match) => match[1].toUpperCase()));
}

/** A setting's parts; a secret one can be in a file that the environment names. */
function named(setting) {
  const name = setting.replace(/^SALUS_/, "");
  const base = name.replace(/_FILE$/, "");
  return (inFile.has(`SALUS_${base}`) ? base : name).split("__");
}

/** Settings that the server also reads from files. */
const inFile = new Set(
  read("crates/api/src/settings.rs").match(/const SECRETS: [^=]*= \[([^\]]*)\]/)[1].match(/SALUS_\w+/g),
);
const services = Object.entries(compose.services);
/** What the image sets. */
const built = Object.fromEntries([...dockerfile.matchAll(/(SALUS_\w+)=(\S+)/g)].map((match) => match.slice(1)));

test("every service has an image or a folder to build it from, and waits for services that exist", () => {
  for (const [name, service] of services) {
    assert.ok(service.image ?? service.build, name);
    if (service.build) assert.ok(existsSync(join(root, service.build, "Dockerfile")), name);
    for (const other of Object.keys(service.depends_on ?? {})) assert.ok(compose.services[other], `${name} waits for ${other}`);
    for (const volume of service.volumes ?? []) assert.ok(volume.split(":")[0] in compose.volumes, `${name} uses ${volume}`);
  }
});

test("every secret comes from a file that neither git nor the image knows, and none has a default", () => {
  const files = Object.entries(compose.secrets);
  assert.ok(files.length >= 3);
  for (const [name, { file }] of files) assert.equal(file, `./secrets/${name}`);
  assert.match(read(".gitignore"), /^\/secrets$/m);
  assert.match(read(".dockerignore"), /^secrets$/m);
  for (const [name, service] of services) {
    const given = service.secrets ?? [];
    for (const secret of given) assert.ok(secret in compose.secrets, `${name} takes ${secret}`);
    for (const [variable, value] of Object.entries(service.environment ?? {})) {
      assert.ok(!/PASSWORD|DATABASE_URL|MAIL__URL/.test(variable) || variable.endsWith("_FILE"), `${name}: ${variable}`);
      const path = /^\/run\/secrets\/(.*)/.exec(value);
      if (path) assert.ok(given.includes(path[1]), `${name} is given ${path[1]}`);
    }
  }
  for (const name of Object.keys(compose.secrets)) assert.ok(read("docker-compose.yml").includes(`> secrets/${name}\n`), `how to make ${name} is told`);
  assert.doesNotMatch(dockerfile, /password|secret/i);
});

test("only who migrates is given the administrator's address", () => {
  const given = services.filter(([, service]) => (service.secrets ?? []).includes("admin-database-url"));
  assert.deepEqual(given.map(([name]) => name), ["migrate"]);
});

test("the server runs as nobody special and can write only to its volumes", () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  const user = last.match(/^USER (\S+)/m)[1];
  assert.ok(user !== "root" && user !== "0");
  assert.ok(last.indexOf("\nUSER ") < last.indexOf("\nENTRYPOINT "));
  const { salus, migrate } = compose.services;
  for (const service of [salus, migrate]) {
    assert.equal(service.user, undefined);
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ["ALL"]);
    assert.deepEqual(service.security_opt, ["no-new-privileges:true"]);
  }
  const mounted = salus.volumes.map((volume) => volume.split(":")[1]);
  for (const file of ["SALUS_KEY_FILE", "SALUS_AUDIT_CHECKPOINTS"]) {
    assert.ok(mounted.some((folder) => built[file].startsWith(`${folder}/`)), `${file} outlives the container`);
  }
  for (const folder of mounted) assert.ok(last.includes(`${folder} `) || last.includes(`${folder}\n`), `the image makes ${folder}`);
});

test("the health check is a command of the program itself", () => {
  const [program, command, ...more] = JSON.parse(dockerfile.match(/^HEALTHCHECK .*CMD (\[.*\])$/m)[1]);
  assert.deepEqual([program, more], ["salus", []]);
  const commands = read("crates/api/src/commands/mod.rs").match(/enum Command \{([^}]*)\}/)[1];
  const known = [...commands.matchAll(/^\s{4}(\w+)[(,]/gm)].map((match) => match[1].toLowerCase());
  for (const name of [command, "serve", ...compose.services.migrate.command]) assert.ok(known.includes(name), name);
});

test("the port of the numbers is published to nobody", () => {
  const { salus } = compose.services;
  const numbers = salus.environment.SALUS_METRICS_LISTEN.split(":").at(-1);
  const listens = built.SALUS_LISTEN.split(":").at(-1);
  assert.notEqual(numbers, listens);
  assert.deepEqual([...dockerfile.matchAll(/^EXPOSE (.*)/gm)].map((match) => match[1]), [listens]);
  for (const [name, service] of services) {
    for (const port of service.ports ?? []) {
      assert.equal(name, "salus");
      assert.equal(port, `127.0.0.1:8080:${listens}`);
    }
  }
});

test("the database is migrated before anything is served, and both stop in order", () => {
  const { salus, migrate } = compose.services;
  assert.equal(salus.depends_on.migrate.condition, "service_completed_successfully");
  for (const service of [salus, migrate]) assert.equal(service.depends_on.database.condition, "service_healthy");
  const shutdown = Number(read("salus.example.toml").match(/^shutdown_seconds = (\d+)/m)[1]);
  assert.ok(Number.parseInt(salus.stop_grace_period, 10) > shutdown);
  assert.equal(compose.services.database.healthcheck.test[1], "pg_isready");
});

test("the database keeps checksums and listens to no one outside", () => {
  assert.match(compose.services.database.environment.POSTGRES_INITDB_ARGS, /--data-checksums/);
  assert.equal(compose.services.database.ports, undefined);
});

test("only settings that the server knows are set", () => {
  const known = settings();
  const set = services.flatMap(([, service]) => Object.keys(service.environment ?? {}));
  for (const setting of [...set, ...Object.keys(built)].filter((name) => name.startsWith("SALUS_"))) {
    for (const part of named(setting)) assert.ok(known.has(part), `${setting} is a setting`);
  }
});

test("the image is built from files that exist and from what dist makes", () => {
  const copies = [...dockerfile.matchAll(/^COPY --from=build \/source\/(\S+)/gm)].map((match) => match[1]);
  assert.deepEqual(copies, ["dist/salus", "dist/web"]);
  assert.match(dockerfile, /cargo xtask dist/);
  const version = read("Cargo.toml").match(/^rust-version = "([\d.]+)"/m)[1];
  assert.ok(dockerfile.includes(`rust:${version}-`), "the image builds with the project's own version of Rust");
});
