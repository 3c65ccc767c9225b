# One target per image: `docker build --target server .`, and operator and web alike.
# hack/images makes the same ones without Docker; `make dockerfile` builds these with buildah and compares.
# Every base can be replaced, by a digest for example:
#   --build-arg GO_IMAGE=docker.io/library/golang@sha256:…   --build-arg BASE_IMAGE=gcr.io/distroless/static-debian12
# Equal sources and bases give equal layers where the builder leaves out times: with Docker's, SOURCE_DATE_EPOCH=0 and
# --output type=image,rewrite-timestamp=true; with buildah, --timestamp 0.
ARG GO_IMAGE=docker.io/library/golang:1.26-bookworm
ARG BASE_IMAGE=scratch
# Node is where the site is built and where it runs.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${GO_IMAGE} AS source
WORKDIR /source
ENV GOFLAGS="-trimpath -buildvcs=false" GOTOOLCHAIN=local
# How modules are reached and whom to trust on the way, where that is not Go's way and the base image's certificates.
ARG GOPROXY
ARG GOSUMDB
ARG SSL_CERT_FILE
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY api api
COPY cmd cmd
COPY controllers controllers
COPY server server
# What the images need beside their program: a user, name resolution, certificates and a folder for temporary files.
RUN mkdir -p /made/etc/ssl/certs /made/tmp && chmod 1777 /made/tmp \
 && printf 'root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/tmp:/sbin/nologin\n' > /made/etc/passwd \
 && printf 'root:x:0:\nnonroot:x:65532:\n' > /made/etc/group \
 && printf 'passwd: files\ngroup: files\nhosts: files dns\n' > /made/etc/nsswitch.conf \
 && cp /etc/ssl/certs/ca-certificates.crt /made/etc/ssl/certs/

# The server encodes WebP with a C library, which is linked in.
FROM source AS build-server
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=1 go build -tags netgo,osusergo -ldflags '-s -w -linkmode external -extldflags "-static"' -o /made/rentora ./cmd/rentora

FROM source AS build-operator
ARG VERSION=0.0.0-dev
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -ldflags "-s -w -X main.version=${VERSION}" -o /made/operator ./cmd/operator

FROM ${BASE_IMAGE} AS server
COPY --from=build-server /made /
USER 65532:65532
EXPOSE 8080 8082
ENTRYPOINT ["/rentora"]
CMD ["api"]

FROM ${BASE_IMAGE} AS operator
COPY --from=build-operator /made /
USER 65532:65532
ENTRYPOINT ["/operator"]

FROM ${NODE_IMAGE} AS build-web
WORKDIR /web
# How packages are reached and whom to trust on the way, where that is not npm's way and the certificates in Node.
ARG NPM_CONFIG_REGISTRY
ARG NODE_EXTRA_CA_CERTS
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY web ./
# Pages and files of one build know each other by its name; Next.js makes one up where none is given.
ARG VERSION=
# What the site needs beside Node: Next.js' standalone build, the files that browsers get, and what starts it.
RUN RENTORA_WEB_BUILD="${VERSION}" NEXT_TELEMETRY_DISABLED=1 node node_modules/next/dist/bin/next build \
 && mkdir -p /made/app && cp -r .next/standalone/. serve.mjs serve public /made/app/ && cp -r .next/static /made/app/.next/static \
 && find /made/app -type d -empty -delete

FROM ${NODE_IMAGE} AS web
COPY --from=build-web /made /
USER 65532:65532
EXPOSE 3000
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["/app/serve.mjs"]
