// The Go vulnerability database, for hack/check where https://vuln.go.dev is out of reach. It is data: nothing of it is built.
module github.com/rentora/rentora/tools/vulndb

go 1.26.0

require golang.org/x/vulndb v0.0.0-20260813214354-9de686e1fb00
