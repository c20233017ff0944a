# One image for every service; its first argument says which.
FROM node:20-bookworm-slim AS base
WORKDIR /app

# Dependencies change less often than sources. No install script of a dependency is run; the one
# that runs afterwards is ours, and applies what lies in patches.
FROM base AS modules
COPY package.json package-lock.json .npmrc ./
COPY patches patches
RUN npm ci --ignore-scripts && npm run --silent postinstall

FROM modules AS build
COPY tsconfig.base.json ./
COPY tools tools
COPY libs libs
COPY apps apps
RUN node tools/build.js

FROM modules AS production-modules
RUN npm prune --omit=dev --ignore-scripts

FROM base
ENV NODE_ENV=production \
    TOLLGATE_HOST=0.0.0.0 \
    DEVSTORE_HOST=0.0.0.0
RUN mkdir /data && chown node:node /data
COPY package.json LICENSE ./
COPY --from=production-modules /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY apps/devstore/proto apps/devstore/proto
COPY tools/docker tools/docker
USER node
EXPOSE 8080 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "/app/tools/docker/healthcheck.js"]
ENTRYPOINT ["/app/tools/docker/entrypoint.sh"]
CMD ["standalone"]
