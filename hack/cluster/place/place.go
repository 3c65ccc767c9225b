// Package place says where everything of the development cluster is: its folders, its addresses, its names.
package place

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/rentora/rentora/hack/stack/stack"
)

// One cluster per machine: bridge, addresses and control groups are the machine's.
const (
	Bridge   = "rentora0"
	Gateway  = "172.30.0.1" // the machine itself, as pods see it
	Subnet   = "172.30.0.0/24"
	Pods     = "10.244.0.0/16"
	Services = "10.96.0.0/16"
	DNS      = "10.96.0.10"
	First    = "10.96.0.1" // the Service "kubernetes"
	Domain   = "cluster.local"
)

// Lock is held by the living supervisor; in it stands its data folder.
const Lock = "/run/rentora-cluster.lock"

// Largest is how many nodes there can be.
const Largest = 2

// API is the address of the API server.
func API() string { return "https://" + Address(1) + ":6443" }

// Address gives the address of node n, counted from 1.
func Address(n int) string { return fmt.Sprintf("172.30.0.%d", 10+n) }

// PodsOf gives the addresses of the pods on node n.
func PodsOf(n int) string { return fmt.Sprintf("10.244.%d.0/24", n) }

// Name gives the node's name in the cluster.
func Name(n int) string { return fmt.Sprintf("node%d", n) }

// Cable gives the machine's end of the node's network cable.
func Cable(n int) string { return fmt.Sprintf("rentora-n%d", n) }

// Group gives the control group of everything that runs on the node.
func Group(n int) string { return fmt.Sprintf("rentora-node%d", n) }

// Folder is the cluster's data folder; it lives from `up` to `down`.
type Folder string

// Data gives the data folder: $RENTORA_CLUSTER_DIR, else "cluster" in the cache.
func Data() (Folder, error) {
	if dir := os.Getenv("RENTORA_CLUSTER_DIR"); dir != "" {
		dir, err := filepath.Abs(dir)
		return Folder(dir), err
	}
	cache, err := stack.Cache()
	return Folder(filepath.Join(cache, "cluster")), err
}

// Kubeconfig is the administrator's.
func (f Folder) Kubeconfig() string { return filepath.Join(string(f), "kubeconfig") }

// Keys holds certificates, keys and the kubeconfigs of the cluster's own parts.
func (f Folder) Keys() string { return filepath.Join(string(f), "keys") }

// Node holds what node n keeps on disk: images, volumes, logs, and on the first one the state of the cluster.
func (f Folder) Node(n int) string { return filepath.Join(string(f), Name(n)) }

// Socket is where the supervisor listens.
func (f Folder) Socket() string { return filepath.Join(string(f), "control.sock") }

// Log is the supervisor's.
func (f Folder) Log() string { return filepath.Join(string(f), "supervisor.log") }

// Remove deletes everything that a cluster has put into the folder, and the folder when nothing else is in it.
func (f Folder) Remove() error {
	for _, path := range []string{f.Kubeconfig(), f.Keys(), f.Socket(), f.Log(), f.Node(1), f.Node(2)} {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	_ = os.Remove(string(f)) // it stays when somebody has put something into it
	return nil
}
