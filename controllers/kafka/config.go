package kafka

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/rentora/rentora/controllers/component"
)

var (
	//go:embed files/server.properties
	fixed string
	//go:embed files/log4j2.properties
	logging string
	//go:embed files/prepare.sh
	prepareScript string
	//go:embed files/start.sh
	startScript string
)

const (
	mib = 1 << 20
	// From this heap on several threads are worth what they cost.
	large = 1 << 30
)

// heap is half of what the container may have: the other half is for buffers outside of it and for the files' cache.
func heap(in component.Input) int64 {
	return component.Memory(in.Settings.Kafka.Resources, "768Mi") / 2
}

// files are the ConfigMap's.
func files(in component.Input) map[string]string {
	return map[string]string{
		"server.properties": fixed + sizes(heap(in)) +
			"\nadvertised.listeners=PLAINTEXT://" + component.Host(in.Platform, component.Kafka) + ":" + strconv.Itoa(component.PortKafka) + "\n",
		"log4j2.properties": logging, "prepare.sh": prepareScript, "start.sh": startScript,
	}
}

// sizes are the settings that follow from the heap. The cleaner's buffer is the largest single thing in it.
func sizes(heap int64) string {
	network, io := 1, 2
	if heap >= large {
		network, io = 3, 8
	}
	return fmt.Sprintf("\n# From the memory limit.\nlog.cleaner.dedupe.buffer.size=%d\nnum.network.threads=%d\nnum.io.threads=%d\nbackground.threads=%d\ngroup.coordinator.threads=%d\nshare.coordinator.threads=1\n",
		min(heap/32, 128*mib), network, io, io, network)
}

// jvm is the virtual machine's part of the command line.
func jvm(heap int64) string {
	memory := fmt.Sprintf("-Xmx%dm -Xms%dm", heap/mib, heap/mib/4)
	if heap >= large {
		return memory + " -XX:+UseG1GC -XX:MaxGCPauseMillis=20"
	}
	// The quick compiler and one collector save more memory than a small broker gains by the better ones.
	return memory + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
}
