package measure

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	volumeSize      = prometheus.NewDesc("rentora_volume_size_bytes", "Size of the volume's file system.", []string{"volume"}, nil)
	volumeAvailable = prometheus.NewDesc("rentora_volume_available_bytes", "What may still be written to the volume.", []string{"volume"}, nil)
	volumeInodes    = prometheus.NewDesc("rentora_volume_inodes_free", "How many files may still be made on the volume.", []string{"volume"}, nil)
)

// use is how full a file system is.
type use struct {
	size, available uint64 // bytes
	inodes          uint64 // free ones
	counts          bool   // the file system counts inodes
}

// volumeSource reads one file system. A network volume that hangs keeps one reader hanging, and no scrape.
type volumeSource struct {
	path  string
	read  func(path string) (use, error)
	limit time.Duration
	busy  chan struct{} // full while somebody reads
}

func newVolumeSource(path string, read func(string) (use, error)) *volumeSource {
	return &volumeSource{path: path, read: read, limit: askLimit, busy: make(chan struct{}, 1)}
}

func (v *volumeSource) measure(name string, metrics chan<- prometheus.Metric) error {
	u, err := v.ask()
	if err != nil {
		return err
	}
	metrics <- fact(volumeSize, float64(u.size), name)
	metrics <- fact(volumeAvailable, float64(u.available), name)
	if u.counts {
		metrics <- fact(volumeInodes, float64(u.inodes), name)
	}
	return nil
}

func (v *volumeSource) ask() (use, error) {
	select {
	case v.busy <- struct{}{}:
	default:
		return use{}, fmt.Errorf("the file system at %s has not answered an earlier question yet", v.path)
	}
	type answer struct {
		use use
		err error
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-v.busy }()
		u, err := v.read(v.path)
		answers <- answer{u, err}
	}()
	select {
	case a := <-answers:
		return a.use, a.err
	case <-time.After(v.limit):
		return use{}, fmt.Errorf("the file system at %s has not answered within %s", v.path, v.limit)
	}
}
