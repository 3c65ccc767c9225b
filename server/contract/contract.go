// Package contract is server/openapi.yaml in Go: types, the strict server interface and a client, all generated.
package contract
