/**
 * On a Service whose pods are waited for elsewhere, or by somebody else. The provider would wait for endpoints that
 * don't change any more, for ten seconds at least, and for pods that aren't ready (provider's `await/service.go`).
 */
export const NOT_AWAITED = { "pulumi.com/skipAwait": "true" } as const;
