// The least that a Go collector does: conditional GET, body hash, gofeed on what changed. No guard, no state, no broker.
// `loop PORT FEEDS`: for each line on standard input, one round over all feeds, and its figures.
package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/mmcdole/gofeed"
)

type state struct {
	etag string
	hash [32]byte
	seen map[string]bool
}

var states []state

func cpu() float64 {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return seconds(used.Utime) + seconds(used.Stime)
}

func poll(client *http.Client, port string, n int) error {
	request, _ := http.NewRequest("GET", fmt.Sprintf("http://f%d.example:%s/rss", n, port), nil)
	request.Close = true
	if states[n].etag != "" {
		request.Header.Set("If-None-Match", states[n].etag)
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode == 304 {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, 5<<20))
	if err != nil {
		return err
	}
	hash := sha256.Sum256(body)
	if hash == states[n].hash {
		return nil
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, item := range feed.Items {
		seen[item.GUID] = true
	}
	states[n] = state{answer.Header.Get("ETag"), hash, seen}
	return nil
}

func main() {
	port := os.Args[1]
	feeds, _ := strconv.Atoi(os.Args[2])
	states = make([]state, feeds)
	dialer := net.Dialer{}
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, "127.0.0.1:"+port)
		}}}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		began, used, failed := time.Now(), cpu(), 0
		queue, lock, group := make(chan int), sync.Mutex{}, sync.WaitGroup{}
		for w := 0; w < 64; w++ {
			group.Add(1)
			go func() {
				defer group.Done()
				for n := range queue {
					if poll(client, port, n) != nil {
						lock.Lock()
						failed++
						lock.Unlock()
					}
				}
			}()
		}
		for n := 0; n < feeds; n++ {
			queue <- n
		}
		close(queue)
		group.Wait()
		json.NewEncoder(os.Stdout).Encode(map[string]any{
			"polls": feeds, "failed": failed, "cpu": cpu() - used, "seconds": time.Since(began).Seconds()})
	}
}
