// The definitions of the Gateway API, for tests on a real API server. They are data: nothing of it is built.
module github.com/rentora/rentora/tools/gateway-api

go 1.26.0

require sigs.k8s.io/gateway-api v1.5.0
