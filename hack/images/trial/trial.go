// Package trial runs the programs of images without a cluster, as a cluster would run them.
package trial
