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
# A named volume takes over who owns the folder it is first mounted on.
RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/salus --shell /usr/sbin/nologin salus \
    && install -d -o salus -g salus -m 0700 /var/lib/salus /var/lib/salus/keys /var/lib/salus/checkpoints
COPY --from=build /source/dist/salus /usr/local/bin/salus
COPY --from=build /source/dist/web /usr/share/salus/web
USER 10001
WORKDIR /var/lib/salus
ENV SALUS_APPS=/usr/share/salus/web \
    SALUS_LISTEN=0.0.0.0:8080 \
    SALUS_KEY_FILE=/var/lib/salus/keys/salus.key \
    SALUS_AUDIT_CHECKPOINTS=/var/lib/salus/checkpoints/audit-checkpoints.jsonl \
    SALUS_LOG_FORMAT=json \
    # Else the C library keeps a pool of freed memory for each thread: a quarter more in use at rest.
    MALLOC_ARENA_MAX=2
VOLUME ["/var/lib/salus/keys", "/var/lib/salus/checkpoints"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["salus", "health"]
ENTRYPOINT ["salus"]
CMD ["serve"]
