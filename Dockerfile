# The server and the apps in one image; `docker compose up` runs it with a database.
FROM node:22-bookworm AS node

FROM rust:1.95-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && rustup target add wasm32-unknown-unknown
WORKDIR /source
COPY . .
RUN cargo xtask dist

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/salus salus
COPY --from=build /source/dist/salus /usr/local/bin/salus
COPY --from=build /source/dist/web /usr/share/salus/web
USER salus
ENV SALUS_APPS=/usr/share/salus/web \
    SALUS_LISTEN=0.0.0.0:8080 \
    SALUS_KEY_FILE=/var/lib/salus/salus.key \
    SALUS_AUDIT_CHECKPOINTS=/var/lib/salus/audit-checkpoints.jsonl
EXPOSE 8080
ENTRYPOINT ["salus"]
CMD ["serve"]
