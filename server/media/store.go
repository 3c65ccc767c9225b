package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/rentora/rentora/server/config"
	"github.com/rentora/rentora/server/errs"
	"github.com/rentora/rentora/server/trace"
)

// immutable is the cache rule of every variant: its key names its content.
const immutable = "public, max-age=31536000, immutable"

// store is the object storage as media uses it: private originals, public photos.
type store struct {
	inside            *minio.Client // as the server reaches it
	outside           *minio.Client // as browsers reach it; it only signs and never opens a connection
	originals, photos string        // buckets
	region, base      string        // base starts the address of every photo
	life              time.Duration
}

func newStore(c config.S3) (*store, error) {
	inside, err := connect(c, c.Endpoint)
	if err != nil {
		return nil, err
	}
	public := c.PublicEndpoint
	if public == "" {
		public = c.Endpoint
	}
	outside, err := connect(c, public)
	if err != nil {
		return nil, err
	}
	s := &store{inside: inside, outside: outside, region: c.Region, life: c.UploadLife,
		originals: c.BucketPrefix + "originals", photos: c.BucketPrefix + "photos"}
	if s.base = strings.TrimRight(c.CDNBaseURL, "/"); s.base == "" {
		s.base = strings.TrimRight(public, "/") + "/" + s.photos
	}
	return s, nil
}

// A storage that hangs must say so in all tries together before the handler's time is over: then it is away, which is waited
// for; a handler that runs out of time is at fault itself.
const (
	dialMost   = 3 * time.Second
	answerMost = 8 * time.Second // from the end of the request to the head of its answer
	tries      = 3
)

// connect makes a client; the fixed region saves it the question where a bucket lies.
func connect(c config.S3, endpoint string) (*minio.Client, error) {
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" {
		return nil, errs.E(errs.Invalid, "The address of the object storage must be an http(s) URL.")
	}
	transport, err := minio.DefaultTransport(u.Scheme == "https")
	if err != nil {
		return nil, fmt.Errorf("media: object storage: %w", err)
	}
	transport.DialContext = (&net.Dialer{Timeout: dialMost}).DialContext
	transport.ResponseHeaderTimeout = answerMost
	client, err := minio.New(u.Host, &minio.Options{Secure: u.Scheme == "https", Region: c.Region, BucketLookup: minio.BucketLookupPath,
		MaxRetries: tries, Transport: trace.Transport("s3", transport), Creds: credentials.NewStaticV4(c.AccessKey, c.SecretKey, "")})
	if err != nil {
		return nil, fmt.Errorf("media: object storage: %w", err)
	}
	return client, nil
}

// presign signs a PUT of exactly one content: type and size are part of the signature, and an object that is there
// already refuses it. No network is involved.
func (s *store) presign(ctx context.Context, u Upload, now time.Time) (Presigned, error) {
	headers := map[string]string{"Content-Type": u.ContentType, "Content-Length": strconv.FormatInt(u.SizeBytes, 10), "If-None-Match": "*"}
	signed := http.Header{}
	for name, value := range headers {
		signed.Set(name, value)
	}
	address, err := s.outside.PresignHeader(ctx, http.MethodPut, s.originals, u.objectKey, s.life, nil, signed)
	if err != nil {
		return Presigned{}, fmt.Errorf("media: presign: %w", err)
	}
	return Presigned{Upload: u, URL: address.String(), Method: http.MethodPut, Headers: headers, ExpiresAt: now.Add(s.life)}, nil
}

// size of an original; a *Failure when it is not there.
func (s *store) size(ctx context.Context, key string) (int64, error) {
	info, err := s.inside.StatObject(ctx, s.originals, key, minio.StatObjectOptions{})
	return info.Size, explain(err)
}

// fetch reads an original of a known size; a *Failure when it is not there or has another size.
func (s *store) fetch(ctx context.Context, key string, size int64) ([]byte, error) {
	object, err := s.inside.GetObject(ctx, s.originals, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, explain(err)
	}
	defer func() { _ = object.Close() }() // reading it is over
	data, err := io.ReadAll(io.LimitReader(object, size+1))
	if err != nil {
		return nil, explain(err)
	}
	if int64(len(data)) != size {
		return nil, damaged()
	}
	return data, nil
}

// put stores a variant. Storing it again changes nothing.
func (s *store) put(ctx context.Context, f file) error {
	_, err := s.inside.PutObject(ctx, s.photos, f.Key, bytes.NewReader(f.data), int64(len(f.data)),
		minio.PutObjectOptions{ContentType: "image/" + f.Format, CacheControl: immutable, DisableMultipart: true})
	return explain(err)
}

// explain gives an error of the storage its meaning: an absent object is a Failure, a storage that is away worth a retry.
func explain(err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if errors.As(err, &answer) && answer.StatusCode != 0 && answer.StatusCode < 500 && answer.StatusCode != http.StatusTooManyRequests {
		if answer.Code == minio.NoSuchKey {
			return missing()
		}
		return fmt.Errorf("media: object storage: %w", err)
	}
	return errs.E(errs.Unavailable, "The photo storage is not reachable at the moment. Please try again.").Because(err).After(5 * time.Second)
}
