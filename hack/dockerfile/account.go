package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
	"syscall"
)

// throwaway is the account that root makes, builds with and removes.
const throwaway = "rentora-dockerfile"

// account is who builds.
type account struct {
	name       string
	credential *syscall.Credential // nil: who runs this
}

// newAccount gives who runs this, or for root a new account, which has no rights and the folder for a home.
func newAccount(ctx context.Context, home string) (account, error) {
	if os.Geteuid() != 0 {
		u, err := user.Current()
		if err != nil {
			return account{}, err
		}
		return account{name: u.Username}, hasRange(u.Username)
	}
	if _, err := user.Lookup(throwaway); err == nil { // a killed run left it
		if err := removeAccount(ctx); err != nil {
			return account{}, err
		}
	}
	said, err := exec.CommandContext(ctx, "useradd", "--no-create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", throwaway).CombinedOutput()
	if err != nil {
		return account{}, fmt.Errorf("useradd: %w\n%s", err, said)
	}
	a := account{name: throwaway}
	u, err := user.Lookup(throwaway)
	if err != nil {
		return a, err
	}
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return a, err
	}
	a.credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return a, errors.Join(hasRange(throwaway), os.Chown(home, int(uid), int(gid)))
}

// hasRange wants the account to own further users and groups, without which an image could hold files of one user alone.
func hasRange(name string) error {
	for _, file := range []string{"/etc/subuid", "/etc/subgid"} {
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains("\n"+string(text), "\n"+name+":") {
			return fmt.Errorf("%s has no range for %s; as root, run `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 %[2]s`", file, name)
		}
	}
	return nil
}

func removeAccount(ctx context.Context) error {
	if said, err := exec.CommandContext(ctx, "userdel", throwaway).CombinedOutput(); err != nil {
		return fmt.Errorf("userdel: %w\n%s", err, said)
	}
	return nil
}
