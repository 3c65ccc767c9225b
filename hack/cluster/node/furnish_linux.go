package node

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// furnish mounts what the node's programs expect to find. Folders that the machine has are covered, so that nothing
// need be made on the machine itself.
func furnish(c Config) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("part from the machine's mounts: %w", err)
	}
	// The sources are opened first: the covers may lie over them.
	sources, err := open(c)
	if err != nil {
		return err
	}
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("mount /proc: %w", err)
	}
	for _, cover := range []string{"/run", "/opt", "/var/lib", "/var/log"} {
		if err := syscall.Mount("tmpfs", cover, "tmpfs", 0, "mode=0755"); err != nil {
			return fmt.Errorf("cover %s: %w", cover, err)
		}
	}
	for target, source := range sources {
		if err := bind(fmt.Sprintf("/proc/self/fd/%d", source.Fd()), target); err != nil {
			return err
		}
		source.Close()
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_SHARED, ""); err != nil {
		return fmt.Errorf("share the node's mounts with its pods: %w", err)
	}
	return settings()
}

// open gives the folders of the machine by the place at which the node sees them.
func open(c Config) (map[string]*os.File, error) {
	paths := map[string]string{
		"/opt/rentora/kubernetes": c.Kubernetes,
		"/opt/rentora/runtime":    c.Runtime,
		"/opt/rentora/images":     c.Images,
		"/opt/rentora/keys":       c.Folder.Keys(),
		"/var/log/rentora":        filepath.Join(c.Folder.Node(c.Number), "log"),
		"/var/log/pods":           filepath.Join(c.Folder.Node(c.Number), "pods"),
	}
	for _, name := range []string{"containerd", "kubelet", "etcd", "volumes"} {
		paths["/var/lib/"+name] = filepath.Join(c.Folder.Node(c.Number), name)
	}
	files := map[string]*os.File{}
	for target, path := range paths {
		if strings.HasPrefix(path, string(c.Folder)) {
			if err := os.MkdirAll(path, 0o755); err != nil {
				return nil, err
			}
		}
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		files[target] = file
	}
	return files, nil
}

func bind(source, target string) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	if err := syscall.Mount(source, target, "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("bind %s: %w", target, err)
	}
	return nil
}

// machineWide are settings on which the kubelet insists. It finds files that hold the wanted values already, so that the
// machine's own stay as they are.
var machineWide = map[string]string{
	"vm/overcommit_memory": "1", "kernel/panic": "10", "kernel/panic_on_oops": "1",
	"kernel/keys/root_maxkeys": "1000000", "kernel/keys/root_maxbytes": "25000000",
}

// nodeOnly are settings of the node's own network.
var nodeOnly = map[string]string{"net/ipv4/ip_forward": "1", "net/bridge/bridge-nf-call-iptables": "1"}

func settings() error {
	for name, value := range nodeOnly {
		if err := os.WriteFile("/proc/sys/"+name, []byte(value), 0o644); err != nil {
			return fmt.Errorf("the kernel needs br_netfilter and nf_tables: %w", err)
		}
	}
	for name, value := range machineWide {
		file := "/run/settings/" + strings.ReplaceAll(name, "/", ".")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(value+"\n"), 0o644); err != nil {
			return err
		}
		if err := syscall.Mount(file, "/proc/sys/"+name, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("cover the setting %s: %w", name, err)
		}
	}
	return nil
}
