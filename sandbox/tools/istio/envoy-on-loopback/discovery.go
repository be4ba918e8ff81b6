package main

import (
	"context"
	"errors"
	"log"
	"math"

	discoveryv3 "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/anypb"
)

// discovery stands between Envoy and pilot-agent's discovery service and moves addresses on the way.
// Nothing else changes: names, versions, acknowledgements and refusals pass through.
type discovery struct {
	discoveryv3.UnimplementedAggregatedDiscoveryServiceServer
	pod   pod
	agent discoveryv3.AggregatedDiscoveryServiceClient
}

func newDiscovery(p pod) (*grpc.Server, error) {
	connection, err := grpc.NewClient("unix:"+agentPath,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32)))
	if err != nil {
		return nil, err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(math.MaxInt32))
	discoveryv3.RegisterAggregatedDiscoveryServiceServer(server, &discovery{
		pod:   p,
		agent: discoveryv3.NewAggregatedDiscoveryServiceClient(connection),
	})
	return server, nil
}

func (d *discovery) DeltaAggregatedResources(envoy discoveryv3.AggregatedDiscoveryService_DeltaAggregatedResourcesServer) error {
	ctx, cancel := context.WithCancel(envoy.Context())
	defer cancel()
	agent, err := d.agent.DeltaAggregatedResources(ctx)
	if err != nil {
		return err
	}
	return relay(envoy, agent, func(answer *discoveryv3.DeltaDiscoveryResponse) {
		var kept []*discoveryv3.Resource
		for _, resource := range answer.GetResources() {
			if d.wanted(resource.GetResource()) {
				kept = append(kept, resource)
			}
		}
		answer.Resources = kept
	})
}

func (d *discovery) StreamAggregatedResources(envoy discoveryv3.AggregatedDiscoveryService_StreamAggregatedResourcesServer) error {
	ctx, cancel := context.WithCancel(envoy.Context())
	defer cancel()
	agent, err := d.agent.StreamAggregatedResources(ctx)
	if err != nil {
		return err
	}
	return relay(envoy, agent, func(answer *discoveryv3.DiscoveryResponse) {
		var kept []*anypb.Any
		for _, resource := range answer.GetResources() {
			if d.wanted(resource) {
				kept = append(kept, resource)
			}
		}
		answer.Resources = kept
	})
}

func (d *discovery) wanted(resource *anypb.Any) bool {
	if resource == nil {
		return true
	}
	keep, err := d.pod.resource(resource)
	if err != nil {
		log.Printf("left out, because it can't be moved to loopback: %v", err)
		return false
	}
	return keep
}

type down[Request, Answer any] interface {
	Recv() (*Request, error)
	Send(*Answer) error
}

type up[Request, Answer any] interface {
	Send(*Request) error
	Recv() (*Answer, error)
	CloseSend() error
}

// relay carries requests up and answers down until either side ends.
func relay[Request, Answer any](envoy down[Request, Answer], agent up[Request, Answer], change func(*Answer)) error {
	ended := make(chan error, 2)
	go func() {
		for {
			request, err := envoy.Recv()
			if err == nil {
				err = agent.Send(request)
			}
			if err != nil {
				ended <- errors.Join(err, agent.CloseSend())
				return
			}
		}
	}()
	go func() {
		for {
			answer, err := agent.Recv()
			if err == nil {
				change(answer)
				err = envoy.Send(answer)
			}
			if err != nil {
				ended <- err
				return
			}
		}
	}()
	return <-ended
}
