package controllers_test

import (
	"os"
	"testing"

	"k8s.io/client-go/rest"

	"github.com/rentora/rentora/hack/apiserver"
)

// config reaches the API server of all tests of this package.
var config *rest.Config

func TestMain(m *testing.M) { os.Exit(apiserver.Main(m, &config, apiserver.InstallRoutes)) }
