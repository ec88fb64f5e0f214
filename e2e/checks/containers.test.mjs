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

function named(setting) {
  return setting.replace(/^SALUS_/, "").split("__");
}

test("every service has an image or a folder to build it from, and waits for services that exist", () => {
  for (const [name, service] of Object.entries(compose.services)) {
    assert.ok(service.image ?? service.build, name);
    if (service.build) assert.ok(existsSync(join(root, service.build, "Dockerfile")), name);
    for (const other of Object.keys(service.depends_on ?? {})) assert.ok(compose.services[other], `${name} waits for ${other}`);
    for (const volume of service.volumes ?? []) assert.ok(volume.split(":")[0] in compose.volumes, `${name} uses ${volume}`);
  }
});

test("no password has a default", () => {
  const secrets = [...read("docker-compose.yml").matchAll(/\$\{(\w*PASSWORD\w*)([^}]*)\}/g)];
  assert.ok(secrets.length >= 2);
  for (const [whole, , rule] of secrets) assert.match(rule, /^:\?./, whole);
  assert.doesNotMatch(dockerfile, /password|secret/i);
});

test("the database keeps checksums and listens to no one outside", () => {
  assert.match(compose.services.database.environment.POSTGRES_INITDB_ARGS, /--data-checksums/);
  assert.equal(compose.services.database.ports, undefined);
});

test("only settings that the server knows are set", () => {
  const known = settings();
  const set = Object.values(compose.services).flatMap((service) => Object.keys(service.environment ?? {}));
  const built = [...dockerfile.matchAll(/(SALUS_\w+)=/g)].map((match) => match[1]);
  for (const setting of [...set, ...built].filter((name) => name.startsWith("SALUS_"))) {
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
