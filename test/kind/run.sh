#!/usr/bin/env bash
# Installs the mesh on a kind cluster by one method on one data plane, with real images and the real
# operator, reads its proxies, and takes it away again. Needs docker, kind, kubectl, pulumi and npm ci.
#
#     test/kind/run.sh <helm|sail> <sidecar|ambient>
set -euo pipefail
method=$1
plane=$2
cd "$(dirname "$0")/../.."

state=$(mktemp -d)
export PULUMI_BACKEND_URL="file://$state" PULUMI_CONFIG_PASSPHRASE=kind PULUMI_SKIP_UPDATE_CHECK=true
stack="kind-$method-$plane"
file="$state/Pulumi.$stack.yaml"
cp test/kind/stack.yaml "$file"

explain() {
    kubectl get pods -A || true
    kubectl get istios,istiorevisions,istiorevisiontags,istiocnis,ztunnels || true
    kubectl get events -A --sort-by=.lastTimestamp | tail -n 40 || true
    kubectl -n istio-system logs -l app=istiod --tail=60 || true
    kubectl -n ztunnel logs -l app=ztunnel --tail=60 || true
    kubectl -n sail-operator logs -l control-plane=sail-operator --tail=60 || true
}
trap 'test $? -eq 0 || explain; kind delete cluster --name istio-mesh; rm -rf "$state" "Pulumi.$stack.yaml"' EXIT

kind create cluster --name istio-mesh --wait 180s
pulumi stack init "$stack"
waypoint=$([ "$plane" = ambient ] && echo true || echo false)
pulumi config set --config-file "$file" --stack "$stack" istio-mesh:installMethod "$method"
pulumi config set --config-file "$file" --stack "$stack" istio-mesh:dataPlane "$plane"
pulumi config set --config-file "$file" --stack "$stack" --path 'istio-mesh:namespaces[0].name' shop
pulumi config set --config-file "$file" --stack "$stack" --path 'istio-mesh:namespaces[0].waypoint' "$waypoint" --type bool

pulumi up --yes --stack "$stack" --config-file "$file" --policy-pack policy --policy-pack-config policy/levels/dev.json
# Nothing to change the second time.
pulumi preview --stack "$stack" --config-file "$file" --expect-no-changes
node -r ./sandbox/typescript.cjs test/kind/proxies.ts "$method" "$plane"
timeout 600 pulumi destroy --yes --stack "$stack" --config-file "$file"
left=$(kubectl get namespaces -o name | grep -E 'istio|ztunnel|shop|sail' || true)
test -z "$left" || { echo "Left behind: $left"; exit 1; }
