package objects

import (
	"encoding/json"
	"fmt"

	"github.com/rentora/rentora/controllers/component"
	"github.com/rentora/rentora/controllers/server"
)

// statement of a policy, as S3 writes it.
type statement struct {
	Effect   string
	Action   []string
	Resource []string
}

// policy lets the application make its buckets, say who may read them, and read and write what is in them. Buckets of other
// prefixes it cannot even see.
func policy(in component.Input) (string, error) {
	buckets := "arn:aws:s3:::" + server.BucketPrefix(in.Platform) + "*"
	text, err := json.MarshalIndent(struct {
		Version   string
		Statement []statement
	}{"2012-10-17", []statement{
		{"Allow", []string{
			"s3:CreateBucket", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads",
			"s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy",
		}, []string{buckets}},
		{"Allow", []string{
			"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts",
		}, []string{buckets + "/*"}},
	}}, "", "  ")
	if err != nil {
		return "", fmt.Errorf("objects: policy: %w", err)
	}
	return string(text) + "\n", nil
}
