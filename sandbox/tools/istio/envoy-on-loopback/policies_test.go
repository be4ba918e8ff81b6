package main

import (
	"testing"

	rbacv3 "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	httprbacv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/rbac/v3"
	"google.golang.org/protobuf/types/known/anypb"
)

func port(number uint32) *rbacv3.Permission {
	return &rbacv3.Permission{Rule: &rbacv3.Permission_DestinationPort{DestinationPort: number}}
}

func TestPoliciesNamePortsWherePodsListen(t *testing.T) {
	not := &rbacv3.Permission{Rule: &rbacv3.Permission_NotRule{NotRule: port(443)}}
	or := &rbacv3.Permission{Rule: &rbacv3.Permission_OrRules{OrRules: &rbacv3.Permission_Set{
		Rules: []*rbacv3.Permission{port(80), not, port(9898)},
	}}}
	and := &rbacv3.Permission{Rule: &rbacv3.Permission_AndRules{AndRules: &rbacv3.Permission_Set{
		Rules: []*rbacv3.Permission{or},
	}}}
	any, err := anypb.New(&httprbacv3.RBAC{Rules: &rbacv3.RBAC{Policies: map[string]*rbacv3.Policy{
		"one": {Permissions: []*rbacv3.Permission{and}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := policies(any); err != nil {
		t.Fatal(err)
	}
	moved := &httprbacv3.RBAC{}
	if err := any.UnmarshalTo(moved); err != nil {
		t.Fatal(err)
	}
	rules := moved.GetRules().GetPolicies()["one"].GetPermissions()[0].GetAndRules().GetRules()[0].GetOrRules().GetRules()
	equal(t, rules[0].GetDestinationPort(), uint32(10080))
	equal(t, rules[1].GetNotRule().GetDestinationPort(), uint32(10443))
	equal(t, rules[2].GetDestinationPort(), uint32(9898))
}

func TestPoliciesLeaveOtherFiltersAlone(t *testing.T) {
	any := &anypb.Any{TypeUrl: hcmType, Value: []byte("as it is")}
	if err := policies(any); err != nil {
		t.Fatal(err)
	}
	equal(t, string(any.GetValue()), "as it is")
}
