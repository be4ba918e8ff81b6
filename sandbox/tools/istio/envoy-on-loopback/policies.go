package main

import (
	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	tcprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/rbac/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
)

const (
	httpRbacType = typePrefix + "envoy.extensions.filters.http.rbac.v3.RBAC"
	tcpRbacType  = typePrefix + "envoy.extensions.filters.network.rbac.v3.RBAC"
)

// policies moves the ports that an authorization policy names to where the pod listens on loopback.
func policies(any *anypb.Any) error {
	var filter interface {
		proto.Message
		GetRules() *rbacv3.RBAC
		GetShadowRules() *rbacv3.RBAC
	}
	switch any.GetTypeUrl() {
	case httpRbacType:
		filter = &httprbacv3.RBAC{}
	case tcpRbacType:
		filter = &tcprbacv3.RBAC{}
	default:
		return nil
	}
	if err := any.UnmarshalTo(filter); err != nil {
		return err
	}
	for _, rules := range []*rbacv3.RBAC{filter.GetRules(), filter.GetShadowRules()} {
		for _, policy := range rules.GetPolicies() {
			movePorts(policy.GetPermissions())
		}
	}
	return any.MarshalFrom(filter)
}

func movePorts(permissions []*rbacv3.Permission) {
	for _, permission := range permissions {
		switch rule := permission.GetRule().(type) {
		case *rbacv3.Permission_DestinationPort:
			rule.DestinationPort = openPort(rule.DestinationPort)
		case *rbacv3.Permission_AndRules:
			movePorts(rule.AndRules.GetRules())
		case *rbacv3.Permission_OrRules:
			movePorts(rule.OrRules.GetRules())
		case *rbacv3.Permission_NotRule:
			movePorts([]*rbacv3.Permission{rule.NotRule})
		}
	}
}
