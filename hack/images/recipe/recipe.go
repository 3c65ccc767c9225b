// Package recipe knows what each image holds and where that comes from, and makes them.
package recipe

import (
	"slices"

	"github.com/rentora/rentora/hack/cluster/image"
)

// Image is one image, and the official one whose place it takes: same programs at the same paths, same user.
type Image struct {
	Name     string
	Official string   // the image for which the operator's manifests are written; nothing for one of our own
	User     int      // user and group
	Programs []string // what the operator starts, the image's own program first
	Source   string   // where it comes from, for people

	stack    []string // servers of hack/stack
	packages []string // of Debian
	compiled []string // names in compilations
	java     bool
	site     bool   // the production build of web/, and Node
	search   string // PATH
	folder   string // the working folder, which belongs to the user
	compose  func(k *kit, l *image.Layer) error
}

// Tag is under what name a cluster finds the image.
func (i Image) Tag() string { return "localhost/rentora/" + i.Name + ":dev" }

// All gives every image, our own first.
func All() []Image {
	return []Image{server(), web(), operator(), postgres(), redis(), typesense(), minio(), kafka(), prometheus(), alertmanager(),
		postgresExporter(), redisExporter(), mailcatcher()}
}

// Names gives the names of all.
func Names() []string {
	var names []string
	for _, i := range All() {
		names = append(names, i.Name)
	}
	return names
}

func find(name string) (Image, bool) {
	all := All()
	at := slices.IndexFunc(all, func(i Image) bool { return i.Name == name })
	if at < 0 {
		return Image{}, false
	}
	return all[at], true
}
