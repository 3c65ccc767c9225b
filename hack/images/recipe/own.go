package recipe

import "github.com/rentora/rentora/hack/cluster/image"

// nonroot is the user of everything that needs no other.
const nonroot = 65532

func server() Image {
	return Image{
		Name: "server", Official: "docker.io/rentora/server", User: nonroot, Programs: []string{"/rentora"},
		Source: "`cmd/rentora`, linked statically", compiled: []string{"rentora"},
		compose: func(k *kit, l *image.Layer) error {
			k.program(l, "/rentora", "rentora", "rentora")
			return nil
		},
	}
}

func operator() Image {
	return Image{
		Name: "operator", Official: "docker.io/rentora/operator", User: nonroot, Programs: []string{"/operator"},
		Source: "`cmd/operator`", compiled: []string{"operator"},
		compose: func(k *kit, l *image.Layer) error {
			k.program(l, "/operator", "operator", "operator")
			return nil
		},
	}
}

// mailcatcher takes the place of a mail server where nobody must get mail.
func mailcatcher() Image {
	return Image{
		Name: "mailcatcher", User: nonroot, Programs: []string{"/mailcatcher"},
		Source: "`hack/images/mailcatcher`: SMTP on 1025, page and API on 8025", compiled: []string{"mailcatcher"},
		compose: func(k *kit, l *image.Layer) error {
			k.program(l, "/mailcatcher", "mailcatcher", "mailcatcher")
			return nil
		},
	}
}
