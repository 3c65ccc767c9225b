// Package kafka holds what pins the Kafka server: the coordinates for Maven and the sums of the jars.
package kafka

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
)

// Version is the release of the broker.
const Version = "4.4.0"

// POM names the jars to Maven.
//
//go:embed pom.xml
var POM []byte

//go:embed jars.sha256
var sums string

// Sums gives the sha256 of every jar by file name.
func Sums() map[string]string {
	jars := map[string]string{}
	for line := range strings.Lines(sums) {
		if sum, name, ok := strings.Cut(strings.TrimSpace(line), "  "); ok {
			jars[name] = sum
		}
	}
	return jars
}

// Key changes whenever any pinned jar does.
func Key() string {
	sum := sha256.Sum256([]byte(sums))
	return hex.EncodeToString(sum[:6])
}
