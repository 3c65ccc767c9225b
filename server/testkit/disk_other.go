//go:build !linux

package testkit

import (
	"errors"
	"testing"
)

// Disk is a small one that can be filled; only Linux has it.
type Disk struct{}

// ErrNoMount says that there are no small disks here.
var ErrNoMount = errors.New("small disks are mounted on Linux alone")

// NewDisk answers ErrNoMount.
func NewDisk(testing.TB, string, int64) (*Disk, error) { return nil, ErrNoMount }

// Fill does nothing.
func (d *Disk) Fill() error { return ErrNoMount }

// Empty does nothing.
func (d *Disk) Empty() error { return ErrNoMount }
