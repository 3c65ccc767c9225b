package fetch

import (
	"context"
	"path/filepath"
)

// MinIO is pinned by hack/stack/minio/go.mod and go.sum; the key is the beginning of the sha256 of the two together.
const (
	minioVersion = "v0.0.0-20260212201848-7aac2a2c5b7c"
	minioKey     = "606d1387b7e1"
)

func (f *fetcher) minio() artefact {
	return artefact{part: "minio", title: "MinIO", version: minioVersion,
		folder: "minio-" + minioKey + "-" + platform(), make: f.makeMinIO}
}

// makeMinIO compiles the server: there is no other ordinary client that has it.
func (f *fetcher) makeMinIO(ctx context.Context, staging string, line *Line) error {
	return Compilation{Folder: filepath.Join(f.root, "hack", "stack", "minio"), Packages: []string{"github.com/minio/minio"},
		To: filepath.Join(staging, "made", "minio")}.Run(ctx, line)
}
