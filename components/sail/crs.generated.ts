/** Specs of the Sail Operator's objects. Generated from its CRDs by `npm run crs`. */

export interface Affinity {
    readonly nodeAffinity?: NodeAffinity;
    readonly podAffinity?: PodAffinity;
    readonly podAntiAffinity?: PodAffinity;
}

export interface Agentgateway {
    readonly image?: string;
}

export interface Ambient {
    readonly configDir?: string;
    readonly dnsCapture?: boolean;
    readonly enabled?: boolean;
    readonly ipv6?: boolean;
    readonly reconcileIptablesOnStartup?: boolean;
}

export interface Arch {
    readonly amd64?: number;
    readonly arm64?: number;
    readonly ppc64le?: number;
    readonly s390x?: number;
}

export interface AttemptCount {
    readonly disabled?: boolean;
}

export interface AutoscaleBehavior {
    readonly scaleDown?: ScaleDown;
    readonly scaleUp?: ScaleDown;
}

export interface AwsElasticBlockStore {
    readonly fsType?: string;
    readonly partition?: number;
    readonly readOnly?: boolean;
    readonly volumeID: string;
}

export interface AzureDisk {
    readonly cachingMode?: string;
    readonly diskName: string;
    readonly diskURI: string;
    readonly fsType?: string;
    readonly kind?: string;
    readonly readOnly?: boolean;
}

export interface AzureFile {
    readonly readOnly?: boolean;
    readonly secretName: string;
    readonly shareName: string;
}

export interface Base {
    readonly excludedCRDs?: readonly string[];
    readonly validationCABundle?: string;
    readonly validationURL?: string;
}

export interface Ca {
    readonly address: string;
    readonly istiodSide?: boolean;
    readonly requestTimeout?: string;
    readonly tlsSettings?: TlsSettings;
}

export interface CaCertificate {
    readonly certSigners?: readonly string[];
    readonly pem?: string;
    readonly spiffeBundleUrl?: string;
    readonly trustDomains?: readonly string[];
}

export interface Cephfs {
    readonly monitors: readonly string[];
    readonly path?: string;
    readonly readOnly?: boolean;
    readonly secretFile?: string;
    readonly secretRef?: SecretRef;
    readonly user?: string;
}

export interface Certificate {
    readonly dnsNames?: readonly string[];
    readonly secretName?: string;
}

export interface Cinder {
    readonly fsType?: string;
    readonly readOnly?: boolean;
    readonly secretRef?: SecretRef;
    readonly volumeID: string;
}

export interface Claim {
    readonly name: string;
    readonly request?: string;
}

export interface ClusterTrustBundle {
    readonly labelSelector?: LabelSelector;
    readonly name?: string;
    readonly optional?: boolean;
    readonly path: string;
    readonly signerName?: string;
}

export interface Cni {
    readonly affinity?: Affinity;
    readonly ambient?: Ambient;
    readonly chained?: boolean;
    readonly cniBinDir?: string;
    readonly cniConfDir?: string;
    readonly cniConfFileName?: string;
    readonly cniNetnsDir?: string;
    readonly daemonSetLabels?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
    readonly excludeNamespaces?: readonly string[];
    readonly hub?: string;
    readonly image?: string;
    readonly istioOwnedCNIConfig?: boolean;
    readonly istioOwnedCNIConfigFileName?: string;
    readonly logging?: Logging;
    readonly podAnnotations?: Readonly<Record<string, string>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly privileged?: boolean;
    readonly provider?: string;
    readonly psp_cluster_role?: string;
    readonly pullPolicy?: "Always" | "Never" | "IfNotPresent";
    readonly repair?: Repair;
    readonly resource_quotas?: Resource_quotas;
    readonly resources?: Resources;
    readonly rollingMaxUnavailable?: number | string;
    readonly seccompProfile?: SeccompProfile;
    readonly tag?: string;
    readonly useAppArmorAnnotation?: boolean;
    readonly variant?: string;
}

export interface ConfigMap {
    readonly defaultMode?: number;
    readonly items?: readonly Item[];
    readonly name?: string;
    readonly optional?: boolean;
}

export interface ConfigMapKeyRef {
    readonly key: string;
    readonly name?: string;
    readonly optional?: boolean;
}

export interface ConfigSource {
    readonly address?: string;
    readonly subscribedResources?: readonly "SERVICE_REGISTRY"[];
    readonly tlsSettings?: TlsSettings;
}

export interface Cpu {
    readonly targetAverageUtilization?: number;
}

export interface Cryptomb {
    readonly fallback?: boolean;
    readonly pollDelay?: string;
}

export interface Csi {
    readonly driver: string;
    readonly fsType?: string;
    readonly nodePublishSecretRef?: SecretRef;
    readonly readOnly?: boolean;
    readonly volumeAttributes?: Readonly<Record<string, string>>;
}

export interface CustomTag {
    readonly environment?: Environment;
    readonly header?: Environment;
    readonly literal?: Literal;
}

export interface DataSource {
    readonly apiGroup?: string;
    readonly kind: string;
    readonly name: string;
}

export interface DataSourceRef {
    readonly apiGroup?: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
}

export interface Datadog {
    readonly address?: string;
}

export interface DefaultConfig {
    readonly availabilityZone?: string;
    readonly binaryPath?: string;
    readonly caCertificatesPem?: readonly string[];
    readonly concurrency?: number;
    readonly configPath?: string;
    readonly controlPlaneAuthPolicy?: "NONE" | "MUTUAL_TLS" | "INHERIT";
    readonly customConfigFile?: string;
    readonly discoveryAddress?: string;
    readonly discoveryRefreshDelay?: string;
    readonly drainDuration?: string;
    readonly envoyAccessLogService?: EnvoyAccessLogService;
    readonly envoyMetricsService?: EnvoyAccessLogService;
    readonly envoyMetricsServiceAddress?: string;
    readonly extraStatTags?: readonly string[];
    readonly fileFlushInterval?: string;
    readonly fileFlushMinSizeKb?: number;
    readonly gatewayTopology?: GatewayTopology;
    readonly holdApplicationUntilProxyStarts?: boolean;
    readonly image?: Image;
    readonly interceptionMode?: "REDIRECT" | "TPROXY" | "NONE";
    readonly meshId?: string;
    readonly privateKeyProvider?: PrivateKeyProvider;
    readonly proxyAdminPort?: number;
    readonly proxyBootstrapTemplatePath?: string;
    readonly proxyHeaders?: ProxyHeaders;
    readonly proxyMetadata?: Readonly<Record<string, string>>;
    readonly proxyStatsMatcher?: ProxyStatsMatcher;
    readonly readinessProbe?: ReadinessProbe;
    readonly runtimeValues?: Readonly<Record<string, string>>;
    readonly sds?: DefaultConfigSds;
    readonly serviceCluster?: string;
    readonly statNameLength?: number;
    readonly statsCompression?: boolean;
    readonly statsdUdpAddress?: string;
    readonly statusPort?: number;
    readonly terminationDrainDuration?: string;
    readonly tracing?: Tracing;
    readonly tracingServiceName?:
        "APP_LABEL_AND_NAMESPACE" | "CANONICAL_NAME_ONLY" | "CANONICAL_NAME_AND_NAMESPACE";
    readonly zipkinAddress?: string;
}

export interface DefaultConfigSds {
    readonly enabled?: boolean;
    readonly k8sSaJwtPath?: string;
}

export interface DefaultHttpRetryPolicy {
    readonly attempts?: number;
    readonly backoff?: string;
    readonly perTryTimeout?: string;
    readonly retryIgnorePreviousHosts?: boolean;
    readonly retryOn?: string;
    readonly retryRemoteLocalities?: boolean;
}

export interface DefaultPodDisruptionBudget {
    readonly enabled?: boolean;
}

export interface DefaultProviders {
    readonly accessLogging?: readonly string[];
    readonly metrics?: readonly string[];
    readonly tracing?: readonly string[];
}

export interface DefaultToleration {
    readonly effect?: string;
    readonly key?: string;
    readonly operator?: string;
    readonly tolerationSeconds?: number;
    readonly value?: string;
}

export interface Distribute {
    readonly from?: string;
    readonly to?: Readonly<Record<string, number>>;
}

export interface DnsConfig {
    readonly nameservers?: readonly string[];
    readonly options?: readonly Option[];
    readonly searches?: readonly string[];
}

export interface DownwardAPI {
    readonly defaultMode?: number;
    readonly items?: readonly DownwardAPIItem[];
}

export interface DownwardAPIItem {
    readonly fieldRef?: FieldRef;
    readonly mode?: number;
    readonly path: string;
    readonly resourceFieldRef?: ResourceFieldRef;
}

export interface DynatraceSampler {
    readonly clusterId: number;
    readonly httpService?: HttpService;
    readonly rootSpansPerMinute?: number;
    readonly tenant: string;
}

export interface EmptyDir {
    readonly medium?: string;
    readonly sizeLimit?: number | string;
}

export interface Endpoint {
    readonly fromCidr?: string;
    readonly fromRegistry?: string;
}

export interface EnvVarFrom {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: ValueFrom;
}

export interface Environment {
    readonly defaultValue?: string;
    readonly name?: string;
}

export interface EnvoyAccessLogService {
    readonly address?: string;
    readonly tcpKeepalive?: TcpKeepalive;
    readonly tlsSettings?: TlsSettings;
}

export interface EnvoyExtAuthzGrpc {
    readonly clearRouteCache?: boolean;
    readonly failOpen?: boolean;
    readonly includeRequestBodyInCheck?: IncludeRequestBodyInCheck;
    readonly port: number;
    readonly service: string;
    readonly statusOnError?: string;
    readonly timeout?: string;
}

export interface EnvoyExtAuthzHttp {
    readonly clearRouteCache?: boolean;
    readonly failOpen?: boolean;
    readonly headersToDownstreamOnAllow?: readonly string[];
    readonly headersToDownstreamOnDeny?: readonly string[];
    readonly headersToUpstreamOnAllow?: readonly string[];
    readonly includeAdditionalHeadersInCheck?: Readonly<Record<string, string>>;
    readonly includeHeadersInCheck?: readonly string[];
    readonly includeRequestBodyInCheck?: IncludeRequestBodyInCheck;
    readonly includeRequestHeadersInCheck?: readonly string[];
    readonly pathPrefix?: string;
    readonly port: number;
    readonly service: string;
    readonly statusOnError?: string;
    readonly timeout?: string;
}

export interface EnvoyFileAccessLog {
    readonly logFormat?: LogFormat;
    readonly omitEmptyValues?: boolean;
    readonly path?: string;
}

export interface EnvoyHttpAls {
    readonly additionalRequestHeadersToLog?: readonly string[];
    readonly additionalResponseHeadersToLog?: readonly string[];
    readonly additionalResponseTrailersToLog?: readonly string[];
    readonly filterStateObjectsToLog?: readonly string[];
    readonly logName?: string;
    readonly port: number;
    readonly service: string;
}

export interface EnvoyOtelAls {
    readonly logFormat?: EnvoyOtelAlsLogFormat;
    readonly logName?: string;
    readonly port: number;
    readonly service: string;
}

export interface EnvoyOtelAlsLogFormat {
    readonly labels?: Readonly<Record<string, string>>;
    readonly text?: string;
}

export interface EnvoyTcpAls {
    readonly filterStateObjectsToLog?: readonly string[];
    readonly logName?: string;
    readonly port: number;
    readonly service: string;
}

export interface Ephemeral {
    readonly volumeClaimTemplate?: VolumeClaimTemplate;
}

export interface Exec {
    readonly command?: readonly string[];
}

export interface ExtensionProvider {
    readonly datadog?: ExtensionProviderDatadog;
    readonly envoyExtAuthzGrpc?: EnvoyExtAuthzGrpc;
    readonly envoyExtAuthzHttp?: EnvoyExtAuthzHttp;
    readonly envoyFileAccessLog?: EnvoyFileAccessLog;
    readonly envoyHttpAls?: EnvoyHttpAls;
    readonly envoyOtelAls?: EnvoyOtelAls;
    readonly envoyTcpAls?: EnvoyTcpAls;
    readonly lightstep?: ExtensionProviderLightstep;
    readonly name: string;
    readonly opencensus?: Opencensus;
    readonly opentelemetry?: Opentelemetry;
    readonly prometheus?: Readonly<Record<string, never>>;
    readonly sds?: ExtensionProviderSds;
    readonly skywalking?: Skywalking;
    readonly stackdriver?: ExtensionProviderStackdriver;
    readonly zipkin?: Zipkin;
}

export interface ExtensionProviderDatadog {
    readonly maxTagLength?: number;
    readonly port: number;
    readonly service: string;
}

export interface ExtensionProviderLightstep {
    readonly accessToken?: string;
    readonly maxTagLength?: number;
    readonly port: number;
    readonly service: string;
}

export interface ExtensionProviderSds {
    readonly name: string;
    readonly port: number;
    readonly service: string;
}

export interface ExtensionProviderStackdriver {
    readonly debug?: boolean;
    readonly logging?: StackdriverLogging;
    readonly maxNumberOfAnnotations?: number;
    readonly maxNumberOfAttributes?: number;
    readonly maxNumberOfMessageEvents?: number;
    readonly maxTagLength?: number;
}

export interface Failover {
    readonly from?: string;
    readonly to?: string;
}

export interface Fc {
    readonly fsType?: string;
    readonly lun?: number;
    readonly readOnly?: boolean;
    readonly targetWWNs?: readonly string[];
    readonly wwids?: readonly string[];
}

export interface FieldRef {
    readonly apiVersion?: string;
    readonly fieldPath: string;
}

export interface FileKeyRef {
    readonly key: string;
    readonly optional?: boolean;
    readonly path: string;
    readonly volumeName: string;
}

export interface FlexVolume {
    readonly driver: string;
    readonly fsType?: string;
    readonly options?: Readonly<Record<string, string>>;
    readonly readOnly?: boolean;
    readonly secretRef?: SecretRef;
}

export interface Flocker {
    readonly datasetName?: string;
    readonly datasetUUID?: string;
}

export interface Gateway {
    readonly address?: string;
    readonly locality?: string;
    readonly port?: number;
    readonly registryServiceName?: string;
}

export interface GatewayTopology {
    readonly forwardClientCertDetails?:
        | "UNDEFINED"
        | "SANITIZE"
        | "FORWARD_ONLY"
        | "APPEND_FORWARD"
        | "SANITIZE_SET"
        | "ALWAYS_FORWARD_ONLY";
    readonly numTrustedProxies?: number;
    readonly proxyProtocol?: Readonly<Record<string, never>>;
}

export interface GcePersistentDisk {
    readonly fsType?: string;
    readonly partition?: number;
    readonly pdName: string;
    readonly readOnly?: boolean;
}

export interface GitRepo {
    readonly directory?: string;
    readonly repository: string;
    readonly revision?: string;
}

export interface Global {
    readonly defaultResources?: Resources;
    readonly hub?: string;
    readonly imagePullPolicy?: "Always" | "Never" | "IfNotPresent";
    readonly imagePullSecrets?: readonly string[];
    readonly logAsJson?: boolean;
    readonly logging?: Logging;
    readonly nativeNftables?: boolean;
    readonly platform?: string;
    readonly tag?: string;
    readonly variant?: string;
}

export interface Glusterfs {
    readonly endpoints: string;
    readonly path: string;
    readonly readOnly?: boolean;
}

export interface Grpc {
    readonly port: number;
    readonly service?: string;
}

export interface Header {
    readonly envName?: string;
    readonly name: string;
    readonly value?: string;
}

export interface HostPath {
    readonly path: string;
    readonly type?: string;
}

export interface Http {
    readonly headers?: readonly Header[];
    readonly path: string;
    readonly timeout?: string;
}

export interface HttpGet {
    readonly host?: string;
    readonly httpHeaders?: readonly HttpHeader[];
    readonly path?: string;
    readonly port: number | string;
    readonly scheme?: string;
}

export interface HttpHeader {
    readonly name: string;
    readonly value: string;
}

export interface HttpService {
    readonly http: Http;
    readonly port: number;
    readonly service: string;
}

export interface Image {
    readonly imageType?: string;
}

export interface InboundTrafficPolicy {
    readonly mode?: "PASSTHROUGH" | "LOCALHOST";
}

export interface IncludeRequestBodyInCheck {
    readonly allowPartialMessage?: boolean;
    readonly maxRequestBytes?: number;
    readonly packAsBytes?: boolean;
}

export interface Iscsi {
    readonly chapAuthDiscovery?: boolean;
    readonly chapAuthSession?: boolean;
    readonly fsType?: string;
    readonly initiatorName?: string;
    readonly iqn: string;
    readonly iscsiInterface?: string;
    readonly lun: number;
    readonly portals?: readonly string[];
    readonly readOnly?: boolean;
    readonly secretRef?: SecretRef;
    readonly targetPortal: string;
}

export interface IstioCNISpec {
    readonly version: string;
    readonly namespace: string;
    readonly profile?:
        | "ambient"
        | "default"
        | "demo"
        | "empty"
        | "external"
        | "openshift"
        | "openshift-ambient"
        | "preview"
        | "remote"
        | "stable";
    readonly values?: Values;
}

export interface IstioRevisionSpec {
    readonly version: string;
    readonly namespace: string;
    readonly values?: SpecValues;
}

export interface IstioRevisionTagSpec {
    readonly targetRef: TargetRef;
}

export interface IstioSpec {
    readonly version: string;
    readonly namespace: string;
    readonly profile?:
        | "ambient"
        | "default"
        | "demo"
        | "empty"
        | "external"
        | "openshift"
        | "openshift-ambient"
        | "preview"
        | "remote"
        | "stable";
    readonly updateStrategy?: UpdateStrategy;
    readonly values?: SpecValues;
}

export interface Istiod {
    readonly enableAnalysis?: boolean;
}

export interface IstiodRemote {
    readonly enabled?: boolean;
    readonly enabledLocalInjectorIstiod?: boolean;
    readonly injectionCABundle?: string;
    readonly injectionPath?: string;
    readonly injectionURL?: string;
}

export interface Item {
    readonly key: string;
    readonly mode?: number;
    readonly path: string;
}

export interface LabelSelector {
    readonly matchExpressions?: readonly MatchExpression[];
    readonly matchLabels?: Readonly<Record<string, string>>;
}

export interface Lifecycle {
    readonly postStart?: PostStart;
    readonly preStop?: PostStart;
    readonly stopSignal?: string;
}

export interface Lightstep {
    readonly accessToken?: string;
    readonly address?: string;
}

export interface Literal {
    readonly value?: string;
}

export interface LocalityLbSetting {
    readonly distribute?: readonly Distribute[];
    readonly enabled?: boolean;
    readonly failover?: readonly Failover[];
    readonly failoverPriority?: readonly string[];
}

export interface LogFormat {
    readonly labels?: Readonly<Record<string, string>>;
    readonly text?: string;
}

export interface Logging {
    readonly level?: string;
}

export interface MatchExpression {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
}

export interface MeshConfig {
    readonly accessLogEncoding?: "TEXT" | "JSON";
    readonly accessLogFile?: string;
    readonly accessLogFormat?: string;
    readonly ca?: Ca;
    readonly caCertificates?: readonly CaCertificate[];
    readonly certificates?: readonly Certificate[];
    readonly configSources?: readonly ConfigSource[];
    readonly connectTimeout?: string;
    readonly defaultConfig?: DefaultConfig;
    readonly defaultDestinationRuleExportTo?: readonly string[];
    readonly defaultHttpRetryPolicy?: DefaultHttpRetryPolicy;
    readonly defaultProviders?: DefaultProviders;
    readonly defaultServiceExportTo?: readonly string[];
    readonly defaultVirtualServiceExportTo?: readonly string[];
    readonly disableEnvoyListenerLog?: boolean;
    readonly discoverySelectors?: readonly LabelSelector[];
    readonly dnsRefreshRate?: string;
    readonly enableAutoMtls?: boolean;
    readonly enableEnvoyAccessLogService?: boolean;
    readonly enablePrometheusMerge?: boolean;
    readonly enableTracing?: boolean;
    readonly extensionProviders?: readonly ExtensionProvider[];
    readonly h2UpgradePolicy?: "DO_NOT_UPGRADE" | "UPGRADE";
    readonly hboneIdleTimeout?: string;
    readonly inboundClusterStatName?: string;
    readonly inboundTrafficPolicy?: InboundTrafficPolicy;
    readonly ingressClass?: string;
    readonly ingressControllerMode?: "UNSPECIFIED" | "OFF" | "DEFAULT" | "STRICT";
    readonly ingressSelector?: string;
    readonly ingressService?: string;
    readonly localityLbSetting?: LocalityLbSetting;
    readonly meshMTLS?: MeshMTLS;
    readonly outboundClusterStatName?: string;
    readonly outboundTrafficPolicy?: OutboundTrafficPolicy;
    readonly pathNormalization?: PathNormalization;
    readonly protocolDetectionTimeout?: string;
    readonly proxyHttpPort?: number;
    readonly proxyInboundListenPort?: number;
    readonly proxyListenPort?: number;
    readonly rootNamespace?: string;
    readonly serviceScopeConfigs?: readonly ServiceScopeConfig[];
    readonly serviceSettings?: readonly ServiceSetting[];
    readonly tcpKeepalive?: TcpKeepalive;
    readonly tlsDefaults?: MeshMTLS;
    readonly trustDomain?: string;
    readonly trustDomainAliases?: readonly string[];
    readonly verifyCertificateAtClient?: boolean;
}

export interface MeshMTLS {
    readonly cipherSuites?: readonly string[];
    readonly ecdhCurves?: readonly string[];
    readonly minProtocolVersion?: "TLS_AUTO" | "TLSV1_2" | "TLSV1_3";
}

export interface MeshNetwork {
    readonly endpoints?: readonly Endpoint[];
    readonly gateways?: readonly Gateway[];
}

export interface MetadataExchangeHeaders {
    readonly mode?: "UNDEFINED" | "IN_MESH";
}

export interface MultiCluster {
    readonly clusterName?: string;
    readonly enabled?: boolean;
    readonly globalDomainSuffix?: string;
    readonly includeEnvoyFilter?: boolean;
}

export interface Nfs {
    readonly path: string;
    readonly readOnly?: boolean;
    readonly server: string;
}

export interface NodeAffinity {
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredDuringSchedulingIgnoredDuringExecution[];
    readonly requiredDuringSchedulingIgnoredDuringExecution?: RequiredDuringSchedulingIgnoredDuringExecution;
}

export interface OpenCensusAgent {
    readonly address?: string;
    readonly context?: readonly (
        "UNSPECIFIED" | "W3C_TRACE_CONTEXT" | "GRPC_BIN" | "CLOUD_TRACE_CONTEXT" | "B3"
    )[];
}

export interface Opencensus {
    readonly context?: readonly (
        "UNSPECIFIED" | "W3C_TRACE_CONTEXT" | "GRPC_BIN" | "CLOUD_TRACE_CONTEXT" | "B3"
    )[];
    readonly maxTagLength?: number;
    readonly port: number;
    readonly service: string;
}

export interface Opentelemetry {
    readonly dynatraceSampler?: DynatraceSampler;
    readonly grpc?: OpentelemetryGrpc;
    readonly http?: Http;
    readonly maxTagLength?: number;
    readonly port: number;
    readonly resourceDetectors?: ResourceDetectors;
    readonly service: string;
    readonly serviceAttributeEnrichment?: "ISTIO_CANONICAL" | "OTEL_SEMANTIC_CONVENTIONS";
}

export interface OpentelemetryGrpc {
    readonly initialMetadata?: readonly Header[];
    readonly timeout?: string;
}

export interface Option {
    readonly name?: string;
    readonly value?: string;
}

export interface OutboundTrafficPolicy {
    readonly mode?: "REGISTRY_ONLY" | "ALLOW_ANY" | "ALLOW_ANY_DYNAMIC_DNS";
    readonly tls?: TlsSettings;
}

export interface PathNormalization {
    readonly normalization?:
        "DEFAULT" | "NONE" | "BASE" | "MERGE_SLASHES" | "DECODE_AND_MERGE_SLASHES";
}

export interface PersistentVolumeClaim {
    readonly claimName: string;
    readonly readOnly?: boolean;
}

export interface PhotonPersistentDisk {
    readonly fsType?: string;
    readonly pdID: string;
}

export interface Pilot {
    readonly affinity?: Affinity;
    readonly autoscaleBehavior?: AutoscaleBehavior;
    readonly autoscaleEnabled?: boolean;
    readonly autoscaleMax?: number;
    readonly autoscaleMin?: number;
    readonly cni?: PilotCni;
    readonly configMap?: boolean;
    readonly cpu?: Cpu;
    readonly crlConfigMapName?: string;
    readonly deploymentLabels?: Readonly<Record<string, string>>;
    readonly enabled?: boolean;
    readonly env?: Readonly<Record<string, string>>;
    readonly envVarFrom?: readonly EnvVarFrom[];
    readonly extraContainerArgs?: readonly string[];
    readonly hub?: string;
    readonly image?: string;
    readonly ipFamilies?: readonly string[];
    readonly ipFamilyPolicy?: string;
    readonly istiodRemote?: IstiodRemote;
    readonly jwksResolverExtraRootCA?: string;
    readonly keepaliveMaxServerConnectionAge?: string;
    readonly memory?: Cpu;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly podAnnotations?: Readonly<Record<string, string>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly replicaCount?: number;
    readonly resources?: Resources;
    readonly rollingMaxSurge?: number | string;
    readonly rollingMaxUnavailable?: number | string;
    readonly seccompProfile?: SeccompProfile;
    readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
    readonly serviceAnnotations?: Readonly<Record<string, string>>;
    readonly tag?: string;
    readonly taint?: Taint;
    readonly tolerations?: readonly DefaultToleration[];
    readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
    readonly traceSampling?: number;
    readonly trustedZtunnelNamespace?: string;
    readonly variant?: string;
    readonly volumeMounts?: readonly VolumeMount[];
    readonly volumes?: readonly Volume[];
}

export interface PilotCni {
    readonly enabled?: boolean;
    readonly provider?: string;
}

export interface PodAffinity {
    readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityPreferredDuringSchedulingIgnoredDuringExecution[];
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
}

export interface PodAffinityPreferredDuringSchedulingIgnoredDuringExecution {
    readonly podAffinityTerm: PodAffinityTerm;
    readonly weight: number;
}

export interface PodAffinityTerm {
    readonly labelSelector?: LabelSelector;
    readonly matchLabelKeys?: readonly string[];
    readonly mismatchLabelKeys?: readonly string[];
    readonly namespaceSelector?: LabelSelector;
    readonly namespaces?: readonly string[];
    readonly topologyKey: string;
}

export interface PodCertificate {
    readonly certificateChainPath?: string;
    readonly credentialBundlePath?: string;
    readonly keyPath?: string;
    readonly keyType: string;
    readonly maxExpirationSeconds?: number;
    readonly signerName: string;
    readonly userAnnotations?: Readonly<Record<string, string>>;
}

export interface Policy {
    readonly periodSeconds: number;
    readonly type: string;
    readonly value: number;
}

export interface PortworxVolume {
    readonly fsType?: string;
    readonly readOnly?: boolean;
    readonly volumeID: string;
}

export interface PostStart {
    readonly exec?: Exec;
    readonly httpGet?: HttpGet;
    readonly sleep?: Sleep;
    readonly tcpSocket?: TcpSocket;
}

export interface Preference {
    readonly matchExpressions?: readonly MatchExpression[];
    readonly matchFields?: readonly MatchExpression[];
}

export interface PreferredDuringSchedulingIgnoredDuringExecution {
    readonly preference: Preference;
    readonly weight: number;
}

export interface PrivateKeyProvider {
    readonly cryptomb?: Cryptomb;
    readonly qat?: Cryptomb;
}

export interface Projected {
    readonly defaultMode?: number;
    readonly sources?: readonly Source[];
}

export interface Proxy {
    readonly autoInject?: string;
    readonly clusterDomain?: string;
    readonly componentLogLevel?: string;
    readonly enableCoreDump?: boolean;
    readonly excludeIPRanges?: string;
    readonly excludeInboundPorts?: string;
    readonly excludeOutboundPorts?: string;
    readonly holdApplicationUntilProxyStarts?: boolean;
    readonly image?: string;
    readonly includeIPRanges?: string;
    readonly includeInboundPorts?: string;
    readonly includeOutboundPorts?: string;
    readonly lifecycle?: Lifecycle;
    readonly logLevel?: string;
    readonly outlierLogPath?: string;
    readonly privileged?: boolean;
    readonly readinessFailureThreshold?: number;
    readonly readinessInitialDelaySeconds?: number;
    readonly readinessPeriodSeconds?: number;
    readonly resources?: Resources;
    readonly seccompProfile?: SeccompProfile;
    readonly startupProbe?: StartupProbe;
    readonly statusPort?: number;
    readonly tracer?:
        "zipkin" | "lightstep" | "datadog" | "stackdriver" | "openCensusAgent" | "none";
}

export interface ProxyHeaders {
    readonly attemptCount?: AttemptCount;
    readonly envoyDebugHeaders?: AttemptCount;
    readonly forwardedClientCert?:
        | "UNDEFINED"
        | "SANITIZE"
        | "FORWARD_ONLY"
        | "APPEND_FORWARD"
        | "SANITIZE_SET"
        | "ALWAYS_FORWARD_ONLY";
    readonly metadataExchangeHeaders?: MetadataExchangeHeaders;
    readonly preserveHttp1HeaderCase?: boolean;
    readonly requestId?: AttemptCount;
    readonly server?: Server;
    readonly setCurrentClientCertDetails?: SetCurrentClientCertDetails;
    readonly xForwardedHost?: DefaultPodDisruptionBudget;
    readonly xForwardedPort?: DefaultPodDisruptionBudget;
}

export interface ProxyStatsMatcher {
    readonly inclusionPrefixes?: readonly string[];
    readonly inclusionRegexps?: readonly string[];
    readonly inclusionSuffixes?: readonly string[];
}

export interface Proxy_init {
    readonly image?: string;
    readonly resources?: Resources;
}

export interface Quobyte {
    readonly group?: string;
    readonly readOnly?: boolean;
    readonly registry: string;
    readonly tenant?: string;
    readonly user?: string;
    readonly volume: string;
}

export interface Rbd {
    readonly fsType?: string;
    readonly image: string;
    readonly keyring?: string;
    readonly monitors: readonly string[];
    readonly pool?: string;
    readonly readOnly?: boolean;
    readonly secretRef?: SecretRef;
    readonly user?: string;
}

export interface ReadinessProbe {
    readonly exec?: Exec;
    readonly failureThreshold?: number;
    readonly grpc?: Grpc;
    readonly httpGet?: HttpGet;
    readonly initialDelaySeconds?: number;
    readonly periodSeconds?: number;
    readonly successThreshold?: number;
    readonly tcpSocket?: TcpSocket;
    readonly terminationGracePeriodSeconds?: number;
    readonly timeoutSeconds?: number;
}

export interface Repair {
    readonly brokenPodLabelKey?: string;
    readonly brokenPodLabelValue?: string;
    readonly createEvents?: string;
    readonly deletePods?: boolean;
    readonly enabled?: boolean;
    readonly hub?: string;
    readonly image?: string;
    readonly initContainerName?: string;
    readonly labelPods?: boolean;
    readonly repairPods?: boolean;
    readonly tag?: string;
}

export interface RequiredDuringSchedulingIgnoredDuringExecution {
    readonly nodeSelectorTerms: readonly Preference[];
}

export interface ResourceDetectors {
    readonly dynatrace?: Readonly<Record<string, never>>;
    readonly environment?: Readonly<Record<string, never>>;
}

export interface ResourceFieldRef {
    readonly containerName?: string;
    readonly divisor?: number | string;
    readonly resource: string;
}

export interface Resource_quotas {
    readonly enabled?: boolean;
    readonly pods?: number;
}

export interface Resources {
    readonly claims?: readonly Claim[];
    readonly limits?: Readonly<Record<string, number | string>>;
    readonly requests?: Readonly<Record<string, number | string>>;
}

export interface RollingUpdate {
    readonly maxSurge?: number | string;
    readonly maxUnavailable?: number | string;
}

export interface ScaleDown {
    readonly policies?: readonly Policy[];
    readonly selectPolicy?: string;
    readonly stabilizationWindowSeconds?: number;
    readonly tolerance?: number | string;
}

export interface ScaleIO {
    readonly fsType?: string;
    readonly gateway: string;
    readonly protectionDomain?: string;
    readonly readOnly?: boolean;
    readonly secretRef: SecretRef;
    readonly sslEnabled?: boolean;
    readonly storageMode?: string;
    readonly storagePool?: string;
    readonly system: string;
    readonly volumeName?: string;
}

export interface Sds {
    readonly token?: Token;
}

export interface SeLinuxOptions {
    readonly level?: string;
    readonly role?: string;
    readonly type?: string;
    readonly user?: string;
}

export interface SeccompProfile {
    readonly localhostProfile?: string;
    readonly type: string;
}

export interface Secret {
    readonly defaultMode?: number;
    readonly items?: readonly Item[];
    readonly optional?: boolean;
    readonly secretName?: string;
}

export interface SecretRef {
    readonly name?: string;
}

export interface Server {
    readonly disabled?: boolean;
    readonly value?: string;
}

export interface ServiceAccountToken {
    readonly audience?: string;
    readonly expirationSeconds?: number;
    readonly path: string;
}

export interface ServiceScopeConfig {
    readonly namespaceSelector?: LabelSelector;
    readonly scope?: "LOCAL" | "GLOBAL";
    readonly servicesSelector?: LabelSelector;
}

export interface ServiceSetting {
    readonly hosts?: readonly string[];
    readonly settings?: Settings;
}

export interface SetCurrentClientCertDetails {
    readonly cert?: boolean;
    readonly chain?: boolean;
    readonly dns?: boolean;
    readonly subject?: boolean;
    readonly uri?: boolean;
}

export interface Settings {
    readonly clusterLocal?: boolean;
}

export interface SidecarInjectorWebhook {
    readonly alwaysInjectSelector?: readonly LabelSelector[];
    readonly defaultTemplates?: readonly string[];
    readonly enableNamespacesByDefault?: boolean;
    readonly injectedAnnotations?: Readonly<Record<string, string>>;
    readonly injectionURL?: string;
    readonly neverInjectSelector?: readonly LabelSelector[];
    readonly reinvocationPolicy?: string;
    readonly rewriteAppHTTPProbe?: boolean;
    readonly templates?: Readonly<Record<string, string>>;
}

export interface Skywalking {
    readonly accessToken?: string;
    readonly port: number;
    readonly service: string;
}

export interface Sleep {
    readonly seconds: number;
}

export interface Source {
    readonly clusterTrustBundle?: ClusterTrustBundle;
    readonly configMap?: SourceConfigMap;
    readonly downwardAPI?: SourceDownwardAPI;
    readonly podCertificate?: PodCertificate;
    readonly secret?: SourceConfigMap;
    readonly serviceAccountToken?: ServiceAccountToken;
}

export interface SourceConfigMap {
    readonly items?: readonly Item[];
    readonly name?: string;
    readonly optional?: boolean;
}

export interface SourceDownwardAPI {
    readonly items?: readonly DownwardAPIItem[];
}

export interface Spec {
    readonly accessModes?: readonly string[];
    readonly dataSource?: DataSource;
    readonly dataSourceRef?: DataSourceRef;
    readonly resources?: SpecResources;
    readonly selector?: LabelSelector;
    readonly storageClassName?: string;
    readonly volumeAttributesClassName?: string;
    readonly volumeMode?: string;
    readonly volumeName?: string;
}

export interface SpecResources {
    readonly limits?: Readonly<Record<string, number | string>>;
    readonly requests?: Readonly<Record<string, number | string>>;
}

export interface SpecValues {
    readonly base?: Base;
    readonly compatibilityVersion?: string;
    readonly defaultRevision?: string;
    readonly experimental?: Readonly<Record<string, unknown>>;
    readonly gatewayClasses?: Readonly<Record<string, unknown>>;
    readonly global?: ValuesGlobal;
    readonly istiodRemote?: IstiodRemote;
    readonly meshConfig?: MeshConfig;
    readonly pilot?: Pilot;
    readonly profile?: string;
    readonly revision?: string;
    readonly sidecarInjectorWebhook?: SidecarInjectorWebhook;
    readonly telemetry?: Telemetry;
}

export interface SpecValuesGlobal {
    readonly defaultResources?: Resources;
    readonly hub?: string;
    readonly imagePullPolicy?: "Always" | "Never" | "IfNotPresent";
    readonly imagePullSecrets?: readonly string[];
    readonly logAsJson?: boolean;
    readonly logging?: Logging;
    readonly platform?: string;
    readonly tag?: string;
    readonly variant?: string;
}

export interface Stackdriver {
    readonly debug?: boolean;
    readonly maxNumberOfAnnotations?: number;
    readonly maxNumberOfAttributes?: number;
    readonly maxNumberOfMessageEvents?: number;
}

export interface StackdriverLogging {
    readonly labels?: Readonly<Record<string, string>>;
}

export interface StartupProbe {
    readonly enabled?: boolean;
    readonly failureThreshold?: number;
}

export interface Storageos {
    readonly fsType?: string;
    readonly readOnly?: boolean;
    readonly secretRef?: SecretRef;
    readonly volumeName?: string;
    readonly volumeNamespace?: string;
}

export interface Sts {
    readonly servicePort?: number;
}

export interface Taint {
    readonly enabled?: boolean;
    readonly name?: string;
    readonly namespace?: string;
}

export interface TargetRef {
    readonly kind: "Istio" | "IstioRevision";
    readonly name: string;
}

export interface TcpKeepalive {
    readonly interval?: string;
    readonly probes?: number;
    readonly time?: string;
}

export interface TcpSocket {
    readonly host?: string;
    readonly port: number | string;
}

export interface Telemetry {
    readonly enabled?: boolean;
    readonly v2?: V2;
}

export interface TlsSettings {
    readonly caCertificates?: string;
    readonly caCrl?: string;
    readonly clientCertificate?: string;
    readonly credentialName?: string;
    readonly insecureSkipVerify?: boolean;
    readonly mode?: "DISABLE" | "SIMPLE" | "MUTUAL" | "ISTIO_MUTUAL";
    readonly privateKey?: string;
    readonly sni?: string;
    readonly subjectAltNames?: readonly string[];
}

export interface Token {
    readonly aud?: string;
}

export interface TopologySpreadConstraint {
    readonly labelSelector?: LabelSelector;
    readonly matchLabelKeys?: readonly string[];
    readonly maxSkew: number;
    readonly minDomains?: number;
    readonly nodeAffinityPolicy?: string;
    readonly nodeTaintsPolicy?: string;
    readonly topologyKey: string;
    readonly whenUnsatisfiable: string;
}

export interface Tracer {
    readonly datadog?: Datadog;
    readonly lightstep?: Lightstep;
    readonly stackdriver?: Stackdriver;
    readonly zipkin?: Datadog;
}

export interface Tracing {
    readonly customTags?: Readonly<Record<string, CustomTag>>;
    readonly datadog?: Datadog;
    readonly enableIstioTags?: boolean;
    readonly lightstep?: Lightstep;
    readonly maxPathTagLength?: number;
    readonly openCensusAgent?: OpenCensusAgent;
    readonly sampling?: number;
    readonly stackdriver?: TracingStackdriver;
    readonly tlsSettings?: TlsSettings;
    readonly zipkin?: Datadog;
}

export interface TracingStackdriver {
    readonly debug?: boolean;
    readonly maxNumberOfAnnotations?: number;
    readonly maxNumberOfAttributes?: number;
    readonly maxNumberOfMessageEvents?: number;
}

export interface UpdateStrategy {
    readonly inactiveRevisionDeletionGracePeriodSeconds?: number;
    readonly type?: "InPlace" | "RevisionBased";
    readonly updateWorkloads?: boolean;
}

export interface V2 {
    readonly enabled?: boolean;
    readonly prometheus?: DefaultPodDisruptionBudget;
    readonly stackdriver?: DefaultPodDisruptionBudget;
}

export interface ValueFrom {
    readonly configMapKeyRef?: ConfigMapKeyRef;
    readonly fieldRef?: FieldRef;
    readonly fileKeyRef?: FileKeyRef;
    readonly resourceFieldRef?: ResourceFieldRef;
    readonly secretKeyRef?: ConfigMapKeyRef;
}

export interface Values {
    readonly cni?: Cni;
    readonly global?: Global;
}

export interface ValuesGlobal {
    readonly agentgateway?: Agentgateway;
    readonly arch?: Arch;
    readonly caAddress?: string;
    readonly caName?: string;
    readonly certSigners?: readonly string[];
    readonly configCluster?: boolean;
    readonly configValidation?: boolean;
    readonly defaultNodeSelector?: Readonly<Record<string, string>>;
    readonly defaultPodDisruptionBudget?: DefaultPodDisruptionBudget;
    readonly defaultResources?: Resources;
    readonly defaultTolerations?: readonly DefaultToleration[];
    readonly enableReaderRBAC?: boolean;
    readonly externalIstiod?: boolean;
    readonly hub?: string;
    readonly imagePullPolicy?: "Always" | "Never" | "IfNotPresent";
    readonly imagePullSecrets?: readonly string[];
    readonly ipFamilies?: readonly string[];
    readonly ipFamilyPolicy?: string;
    readonly istioNamespace?: string;
    readonly istiod?: Istiod;
    readonly jwtPolicy?: string;
    readonly logAsJson?: boolean;
    readonly logging?: Logging;
    readonly meshID?: string;
    readonly meshNetworks?: Readonly<Record<string, MeshNetwork>>;
    readonly mountMtlsCerts?: boolean;
    readonly multiCluster?: MultiCluster;
    readonly nativeNftables?: boolean;
    readonly network?: string;
    readonly networkPolicy?: DefaultPodDisruptionBudget;
    readonly omitSidecarInjectorConfigMap?: boolean;
    readonly operatorManageWebhooks?: boolean;
    readonly pilotCertProvider?: string;
    readonly platform?: string;
    readonly podDNSSearchNamespaces?: readonly string[];
    readonly priorityClassName?: string;
    readonly proxy?: Proxy;
    readonly proxy_init?: Proxy_init;
    readonly remotePilotAddress?: string;
    readonly resourceScope?: "undefined" | "all" | "cluster" | "namespace";
    readonly revision?: string;
    readonly sds?: Sds;
    readonly sts?: Sts;
    readonly tag?: string;
    readonly tracer?: Tracer;
    readonly trustBundleName?: string;
    readonly variant?: string;
    readonly waypoint?: Waypoint;
}

export interface Volume {
    readonly awsElasticBlockStore?: AwsElasticBlockStore;
    readonly azureDisk?: AzureDisk;
    readonly azureFile?: AzureFile;
    readonly cephfs?: Cephfs;
    readonly cinder?: Cinder;
    readonly configMap?: ConfigMap;
    readonly csi?: Csi;
    readonly downwardAPI?: DownwardAPI;
    readonly emptyDir?: EmptyDir;
    readonly ephemeral?: Ephemeral;
    readonly fc?: Fc;
    readonly flexVolume?: FlexVolume;
    readonly flocker?: Flocker;
    readonly gcePersistentDisk?: GcePersistentDisk;
    readonly gitRepo?: GitRepo;
    readonly glusterfs?: Glusterfs;
    readonly hostPath?: HostPath;
    readonly image?: VolumeImage;
    readonly iscsi?: Iscsi;
    readonly name: string;
    readonly nfs?: Nfs;
    readonly persistentVolumeClaim?: PersistentVolumeClaim;
    readonly photonPersistentDisk?: PhotonPersistentDisk;
    readonly portworxVolume?: PortworxVolume;
    readonly projected?: Projected;
    readonly quobyte?: Quobyte;
    readonly rbd?: Rbd;
    readonly scaleIO?: ScaleIO;
    readonly secret?: Secret;
    readonly storageos?: Storageos;
    readonly vsphereVolume?: VsphereVolume;
}

export interface VolumeClaimTemplate {
    readonly metadata?: Readonly<Record<string, never>>;
    readonly spec: Spec;
}

export interface VolumeImage {
    readonly pullPolicy?: string;
    readonly reference?: string;
}

export interface VolumeMount {
    readonly mountPath: string;
    readonly mountPropagation?: string;
    readonly name: string;
    readonly readOnly?: boolean;
    readonly recursiveReadOnly?: string;
    readonly subPath?: string;
    readonly subPathExpr?: string;
}

export interface VsphereVolume {
    readonly fsType?: string;
    readonly storagePolicyID?: string;
    readonly storagePolicyName?: string;
    readonly volumePath: string;
}

export interface Waypoint {
    readonly affinity?: Affinity;
    readonly nodeSelector?: RequiredDuringSchedulingIgnoredDuringExecution;
    readonly resources?: Resources;
    readonly toleration?: readonly DefaultToleration[];
    readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
}

export interface ZTunnelSpec {
    readonly version: string;
    readonly namespace: string;
    readonly targetRef?: TargetRef;
    readonly values?: ZTunnelSpecValues;
}

export interface ZTunnelSpecValues {
    readonly global?: SpecValuesGlobal;
    readonly ztunnel?: Ztunnel;
}

export interface Zipkin {
    readonly enable64bitTraceId?: boolean;
    readonly headers?: readonly Header[];
    readonly maxTagLength?: number;
    readonly path?: string;
    readonly port: number;
    readonly service: string;
    readonly timeout?: string;
    readonly traceContextOption?: "USE_B3" | "USE_B3_WITH_W3C_PROPAGATION";
}

export interface Ztunnel {
    readonly affinity?: Affinity;
    readonly caAddress?: string;
    readonly dnsConfig?: DnsConfig;
    readonly dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None";
    readonly env?: Readonly<Record<string, string>>;
    readonly hub?: string;
    readonly image?: string;
    readonly imagePullPolicy?: "Always" | "Never" | "IfNotPresent";
    readonly imagePullSecrets?: readonly string[];
    readonly istioNamespace?: string;
    readonly logAsJson?: boolean;
    readonly logLevel?: "trace" | "debug" | "info" | "warn" | "error";
    readonly multiCluster?: MultiCluster;
    readonly network?: string;
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly peerCaCrl?: DefaultPodDisruptionBudget;
    readonly podAnnotations?: Readonly<Record<string, string>>;
    readonly podLabels?: Readonly<Record<string, string>>;
    readonly resourceName?: string;
    readonly resourceQuotas?: Resource_quotas;
    readonly resources?: Resources;
    readonly revision?: string;
    readonly seLinuxOptions?: SeLinuxOptions;
    readonly tag?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly tolerations?: readonly DefaultToleration[];
    readonly updateStrategy?: ZtunnelUpdateStrategy;
    readonly variant?: string;
    readonly volumeMounts?: readonly VolumeMount[];
    readonly volumes?: readonly Volume[];
    readonly xdsAddress?: string;
}

export interface ZtunnelUpdateStrategy {
    readonly rollingUpdate?: RollingUpdate;
    readonly type?: string;
}
