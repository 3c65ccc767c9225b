package testkit

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/rentora/rentora/hack/stack/stack"
	"github.com/rentora/rentora/server/config"
)

// S3 gives the test a prefix for its buckets, which go with all they hold when the test ends. None is created.
func S3(t testing.TB) config.S3 {
	t.Helper()
	c := config.S3{
		Endpoint:     address(t, "RENTORA_STACK_S3_ENDPOINT", func(a stack.Addresses) string { return a.S3Endpoint }),
		AccessKey:    address(t, "RENTORA_STACK_S3_ACCESS_KEY", func(a stack.Addresses) string { return a.S3AccessKey }),
		SecretKey:    address(t, "RENTORA_STACK_S3_SECRET_KEY", func(a stack.Addresses) string { return a.S3SecretKey }),
		Region:       "us-east-1",
		BucketPrefix: strings.ReplaceAll(own(), "_", "-") + "-", // a bucket's name has no underscore
		UploadLife:   15 * time.Minute,
	}
	c.PublicEndpoint = c.Endpoint
	t.Cleanup(func() { dropS3(t, c) })
	return c
}

func dropS3(t testing.TB, c config.S3) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	endpoint, err := url.Parse(c.Endpoint)
	if err != nil {
		t.Error(err)
		return
	}
	client, err := minio.New(endpoint.Host, &minio.Options{Creds: credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""),
		Secure: endpoint.Scheme == "https", Region: c.Region})
	if err != nil {
		t.Error(err)
		return
	}
	buckets, err := client.ListBuckets(ctx)
	if err != nil {
		t.Errorf("list the buckets: %v", err)
	}
	for _, b := range buckets {
		if !strings.HasPrefix(b.Name, c.BucketPrefix) {
			continue
		}
		if err := client.RemoveBucketWithOptions(ctx, b.Name, minio.RemoveBucketOptions{ForceDelete: true}); err != nil {
			t.Errorf("remove bucket %s: %v", b.Name, err)
		}
	}
}
