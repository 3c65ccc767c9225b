package seed

import (
	"embed"
	"io/fs"
	"sync"

	"github.com/rentora/rentora/server/errs"
)

//go:embed data/*.tsv data/homes.tsv.gz data/photos/*.jpg
var files embed.FS

// Photos is the folder of picture files that Photo.File names. They are renderings of invented homes, not photographs.
func Photos() fs.FS {
	folder, err := fs.Sub(files, "data/photos")
	if err != nil {
		return files // cannot be: the path is a valid constant
	}
	return folder
}

// data is everything the generator draws from, read once and never changed afterwards.
type data struct {
	countries map[string]country
	cities    []city
	towns     []place
	homes     []home
	bySource  map[string][]int32 // homes at their true spots
	byType    map[string][]int32 // homes whose attributes fit a property type
	pictures  map[string][]Photo // by style
}

var load = sync.OnceValues(func() (*data, error) {
	d, err := read()
	if err != nil {
		return nil, errs.E(errs.Internal, "The seed data cannot be read.").Because(err)
	}
	return d, nil
})

func read() (*data, error) {
	d := &data{}
	for _, step := range []func(*data) error{readCountries, readCities, readPlaces, readHomes, readPictures} {
		if err := step(d); err != nil {
			return nil, err
		}
	}
	return d, nil
}
