// Command run is `make run`: it brings the real servers up, migrates, seeds, starts Rentora and its web on them, says where
// everything is, and stops all of it on Ctrl-C. With a command as its arguments it runs that beside them, and ends with it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"github.com/rentora/rentora/hack/stack/process"
	"github.com/rentora/rentora/hack/stack/stack"
)

// options are the flags and arguments.
type options struct {
	folder  string   // of the data; "" is .rentora
	web     string   // built, dev or none
	command []string // what to run beside it, and to end with
}

func main() {
	var o options
	flag.StringVar(&o.folder, "folder", "", "the data `folder`; .rentora by default")
	flag.StringVar(&o.web, "web", "built", "built: as in production; dev: reloads what is edited; none")
	flag.Parse()
	o.command = flag.Args()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, o); err != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "\nmake run:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func run(ctx context.Context, o options) (err error) {
	began := time.Now()
	root, err := stack.Root()
	if err != nil {
		return err
	}
	session, err := stack.Join(ctx, o.folder, stack.Options{Output: os.Stdout})
	if err != nil {
		return err
	}
	defer func() {
		fmt.Println("\nStopping the servers…")
		done, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		err = errors.Join(err, session.LeaveAndStop(done))
		fmt.Println("Stopped.")
	}()
	step("Building rentora")
	program := filepath.Join(session.Dir, "rentora")
	if err := call(ctx, root, nil, "go", "build", "-o", program, "./cmd/rentora"); err != nil {
		return err
	}
	web, err := openWeb(ctx, root, o.web)
	if err != nil {
		return err
	}
	environment, err := environment(session, web != nil)
	if err != nil {
		return err
	}
	step("Migrating")
	if err := call(ctx, root, environment, program, "migrate"); err != nil {
		return err
	}
	step("Seeding")
	if err := call(ctx, root, environment, program, "seed", "--listings", listings()); err != nil {
		return err
	}
	return serve(ctx, root, program, environment, session, web, o, began)
}

// serve runs Rentora and its web until one of them or the command ends, or the context does, and leaves no process.
func serve(ctx context.Context, root, program string, environment []string, session *stack.Session, web *webServer, o options, began time.Time) error {
	api, err := start(command(context.WithoutCancel(ctx), root, environment, program, "dev"))
	if err != nil {
		return err
	}
	defer api.stop()
	if err := awaitReady(ctx, "the API", "http://"+lookup(environment, "RENTORA_HTTP_ADDR")+"/readyz", api.ended); err != nil {
		return err
	}
	pages := &running{} // its channel never closes
	if web != nil {
		if pages, err = web.start(ctx, environment); err != nil {
			return err
		}
		defer pages.stop()
	}
	banner(environment, session, web != nil, time.Since(began))
	if len(o.command) > 0 {
		return call(ctx, root, environment, o.command[0], o.command[1:]...)
	}
	select {
	case <-api.ended:
		return fmt.Errorf("rentora ended by itself: %w", api.ending)
	case <-pages.ended:
		return fmt.Errorf("the web ended by itself: %w", pages.ending)
	case <-ctx.Done():
		return nil
	}
}

func step(name string) { fmt.Printf("\n%s…\n", name) }

func call(ctx context.Context, root string, environment []string, name string, args ...string) error {
	cmd := command(ctx, root, environment, name, args...)
	err := process.Bound(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		return fmt.Errorf("%s %v: %w", filepath.Base(name), args, err)
	}
	return nil
}

func command(ctx context.Context, root string, environment []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), environment...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C reaches us alone; we end it in order
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 30 * time.Second
	return cmd
}

func listings() string {
	if n := os.Getenv("LISTINGS"); n != "" {
		return n
	}
	return "1000"
}

// freePort gives preferred when nothing listens there, else any free port.
func freePort(preferred int) (int, error) {
	for _, port := range []int{preferred, 0} {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			defer l.Close()
			return l.Addr().(*net.TCPAddr).Port, nil
		}
	}
	return 0, fmt.Errorf("no free port on 127.0.0.1")
}
