# Plain `make` prints what there is. Everything else is one line: the work is in hack/, where it can be read and tested.
.DEFAULT_GOAL := help
.PHONY: help data run test web e2e-web tour lighthouse matrix fuzz bench scale e2e explain faults check verify generate manifests install deploy undeploy plugin format lint stack-up stack-down cluster-up cluster-down images dockerfile clean

help: ## Prints the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Starts Rentora with its servers, its web and seeded demo data; Ctrl-C stops all. ARGS="--web=dev" reloads what is edited.
	@go run ./hack/run $(ARGS)

test: ## Runs every test, against the real servers, with the race detector; and the web's unit tests, types and lint.
	@go run ./hack/stack fetch
	@go run ./hack/cluster fetch control
	@code=0; go run ./hack/testsum -race -shuffle=on -timeout=20m ./... || code=1; go run ./hack/web check || code=1; exit $$code

web: ## Makes the production build of the web.
	@go run ./hack/web build

e2e-web: ## Plays the journeys of guest, host and admin in a real browser, against the real servers.
	@go run ./hack/web e2e $(ARGS)

tour: ## Takes the pictures of the tour through the web (docs/tour) anew, on the real servers with demo data.
	@go run ./hack/web tour

lighthouse: ## Asks Lighthouse about home, results and a listing of the production build, as a desktop and as a phone; and how long a filter takes.
	@go run ./hack/web lighthouse

faults: ## Kills each program, and kills, hangs, slows and fills each server, under a load of bookings, Kafka for ten minutes; prints the table.
	@go run ./hack/stack fetch
	@RENTORA_FAULT_LASTS=10s RENTORA_FAULT_KAFKA_LASTS=10m go test -count=1 -timeout=60m -run='^TestFaults$$' -v ./server/journey

matrix: ## Tries every operation as every caller on own and on others' things, and prints who may do what.
	@go run ./hack/stack fetch
	@go test -count=1 -timeout=10m -run='^TestMatrix$$' -v ./server/security

fuzz: ## Asks every operation as every role what nobody should; FUZZ_SECONDS=300 and FUZZ_SEED=1 set bound and seed.
	@go run ./hack/fuzz

check: ## Compares generated files with their sources, and checks format, vet, lint, go.mod and known vulnerabilities.
	@hack/check

verify: ## Runs check and test: what must pass before a commit.
	@hack/check
	@$(MAKE) --no-print-directory test

bench: ## Measures the server beside its rivals and writes hack/bench/results.md; ARGS="--list" shows the rows.
	@go run ./hack/bench $(ARGS)

scale: ## Measures the operator on a real API server: a pass, its memory, and that among 33,000 foreign Secrets.
	@go run ./hack/cluster fetch control
	@go run ./hack/scale $(ARGS)

e2e: ## Proves the operator on the cluster of hack/cluster: installs, uses, breaks and ends platforms; prints a table.
	@go run ./hack/e2e $(ARGS)

explain: ## Asks Postgres how it carries out every query, in the seeded database at RENTORA_DATABASE_URL; fails on dear ones.
	@go run ./hack/explain $(ARGS)

generate: ## Generates each room's queries (sqlc), the contract (oapi-codegen), and all that manifests does.
	@hack/generate

manifests: ## Generates the resource and its deep copies (controller-gen), and the charts' copies of config/.
	@tools/run controller-gen object crd paths=./api/... output:crd:dir=config/crd/bases
	@go run ./hack/manifests

install: ## Makes the cluster that kubectl speaks to know the resource RentoraPlatform.
	@hack/deploy crd

deploy: ## Puts the operator into that cluster; IMG=registry/operator:tag names its image.
	@IMG=$(IMG) hack/deploy

plugin: ## Builds bin/kubectl-rentora: in the PATH it is "kubectl rentora".
	@go build -trimpath -o bin/kubectl-rentora ./cmd/kubectl-rentora

undeploy: ## Takes the operator and the resource away, and with it EVERY platform of the cluster.
	@hack/deploy down

data: ## Makes the seed data again from its public sources (Debian 12, npm, pip); the results are committed.
	@hack/data/convert.py

format: ## Formats the Go files.
	@tools/run golangci-lint fmt

lint: ## Runs the linters alone.
	@tools/run golangci-lint run

stack-up: ## Starts Postgres, Redis, Kafka, Typesense, MinIO and the mail catcher, and leaves them running.
	@go run ./hack/stack up

stack-down: ## Stops them.
	@go run ./hack/stack down

cluster-up: ## Starts a real Kubernetes of two nodes without Docker (root; compiles it once), and prints its kubeconfig.
	@go run ./hack/cluster up

cluster-down: ## Stops it and removes what it made.
	@go run ./hack/cluster down

images: ## Makes the images of the product and of its servers without Docker; ARGS="check" tries them, "--load" brings them into the cluster.
	@go run ./hack/images $(ARGS)

dockerfile: ## Builds every target of the Dockerfile with buildah, without rights, twice, and checks the images; GO_IMAGE=… and NODE_IMAGE=… name the bases.
	@GO_IMAGE='$(GO_IMAGE)' NODE_IMAGE='$(NODE_IMAGE)' BASE_IMAGE='$(BASE_IMAGE)' go run ./hack/dockerfile $(ARGS)

clean: ## Stops the servers and removes their data and what was built here; what was downloaded stays.
	@go run ./hack/stack down
	@rm -rf .rentora bin
