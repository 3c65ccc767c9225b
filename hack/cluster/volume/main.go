// Command volume makes and removes the folder of a volume; the storage class runs it on the node that keeps the folder,
// as `volume -a create|delete` with the folder in VOL_DIR.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	action := flag.String("a", "", "create or delete")
	for _, name := range []string{"p", "s", "m"} {
		flag.String(name, "", "the folder, its size and its mode; VOL_DIR says the folder, the others are not used")
	}
	flag.Parse()
	if err := run(*action, os.Getenv("VOL_DIR")); err != nil {
		fmt.Fprintln(os.Stderr, "volume: "+err.Error())
		os.Exit(1)
	}
}

func run(action, folder string) error {
	folder = filepath.Clean(folder)
	if !filepath.IsAbs(folder) || filepath.Dir(folder) == folder {
		return fmt.Errorf("VOL_DIR is %q: give the absolute path of a folder", folder)
	}
	switch action {
	case "create":
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		return os.Chmod(folder, 0o777) // whoever the pod is, it owns its volume; the umask is not asked
	case "delete":
		return os.RemoveAll(folder)
	}
	return errors.New("-a is neither create nor delete")
}
