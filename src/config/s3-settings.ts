import {
  flag,
  integer,
  jsonTexts,
  names,
  optionalHost,
  optionalText,
  optionalUrl,
  text,
} from './setting-kinds.ts'

const mebibyte = 1024 ** 2
const gibibyte = 1024 ** 3

/** Where the objects are and who reads them, for STORAGE=s3 (V-33 to V-35, C-43, M-45). */
const place = {
  s3EndpointUrl: optionalHost({
    name: 'S3_ENDPOINT_URL',
    aliases: ['AWS_S3_ENDPOINT_URL', 'B2_ENDPOINT_URL'],
    sentence: "The S3 server, as host:port or with http:// or https://; unset: Amazon's.",
  }),
  s3IsSecure: flag({
    name: 'S3_IS_SECURE',
    fallback: 'true',
    sentence: 'Whether an S3_ENDPOINT_URL without http:// or https:// is spoken to by https.',
  }),
  s3AccessKeyId: optionalText({
    name: 'S3_ACCESS_KEY_ID',
    aliases: ['AWS_S3_ACCESS_KEY_ID', 'AWS_ACCESS_KEY_ID', 'B2_APPLICATION_KEY_ID'],
    sentence: "The S3 server's name for who we are; unset: as the machine's role or profile says.",
  }),
  s3SecretAccessKey: optionalText({
    name: 'S3_SECRET_ACCESS_KEY',
    aliases: ['AWS_S3_SECRET_ACCESS_KEY', 'AWS_SECRET_ACCESS_KEY', 'B2_APPLICATION_KEY'],
    sentence: 'The secret that belongs to S3_ACCESS_KEY_ID.',
    secret: true,
  }),
  s3SessionToken: optionalText({
    name: 'S3_SESSION_TOKEN',
    aliases: ['AWS_S3_SESSION_TOKEN', 'AWS_SESSION_TOKEN'],
    sentence: 'The token that comes with keys that are given for a while.',
    secret: true,
  }),
  s3RegionName: text({
    name: 'S3_REGION_NAME',
    aliases: ['AWS_S3_REGION_NAME', 'AWS_REGION'],
    fallback: 'us-east-1',
    sentence: 'The region that signatures name.',
  }),
  s3Bucket: optionalText({
    name: 'S3_BUCKET',
    aliases: [
      'AWS_PRIVATE_BUCKET_NAME',
      'S3_DEFAULT_BUCKET',
      'BUCKET_NAME',
      'AWS_STORAGE_BUCKET_NAME',
    ],
    sentence: 'The bucket; sources and all that is not in S3_PUBLIC_BUCKET. Needed for STORAGE=s3.',
  }),
  s3PublicBucket: optionalText({
    name: 'S3_PUBLIC_BUCKET',
    sentence: 'A second bucket, that everybody may read, for S3_PUBLIC_FOLDERS; unset: none.',
  }),
  s3PublicFolders: names({
    name: 'S3_PUBLIC_FOLDERS',
    fallback: 'videos,vod',
    sentence: 'Folders of published videos, which S3_PUBLIC_BUCKET and S3_PUBLIC_URL are for.',
  }),
  s3PublicUrl: optionalHost({
    name: 'S3_PUBLIC_URL',
    aliases: ['AWS_S3_CUSTOM_DOMAIN', 'BUNNY_PULL_ZONE_DOMAIN'],
    sentence: 'Where viewers read published videos: a CDN or domain in front of the bucket.',
  }),
  s3SignedUrl: optionalUrl(
    {
      name: 'S3_SIGNED_URL',
      sentence: 'The S3 server as runners and browsers reach it, where S3_ENDPOINT_URL is not it.',
    },
    ['http', 'https'],
  ),
  s3Prefix: text({
    name: 'S3_PREFIX',
    fallback: '/',
    sentence: 'Folder of the buckets below which everything is; /: the bucket itself.',
  }),
  s3ObjectParameters: jsonTexts(
    {
      name: 'S3_OBJECT_PARAMETERS',
      aliases: ['AWS_S3_OBJECT_PARAMETERS'],
      sentence: 'What objects are written with, as JSON: {"StorageClass": "STANDARD_IA"}.',
    },
    [
      'ACL',
      'CacheControl',
      'ContentDisposition',
      'ServerSideEncryption',
      'SSEKMSKeyId',
      'StorageClass',
      'Tagging',
    ],
  ),
  s3ForcePathStyle: flag({
    name: 'S3_FORCE_PATH_STYLE',
    fallback: 'true',
    sentence: 'Whether addresses name the bucket in their path; false: in their host.',
  }),
  s3CreateBucket: flag({
    name: 'S3_CREATE_BUCKET',
    fallback: 'false',
    sentence: 'Whether a bucket that is not there is made when the server starts.',
  }),
} as const

/** How bytes are moved (V-36, V-67). */
const transfer = {
  s3TransferMultipartThreshold: integer(
    {
      name: 'S3_TRANSFER_MULTIPART_THRESHOLD',
      fallback: String(8 * mebibyte),
      unit: 'bytes',
      sentence: 'Objects that are larger are uploaded in parts; smaller ones are held in memory.',
    },
    1,
    5 * gibibyte,
  ),
  s3TransferMultipartChunksize: integer(
    {
      name: 'S3_TRANSFER_MULTIPART_CHUNKSIZE',
      fallback: String(8 * mebibyte),
      unit: 'bytes',
      sentence: 'Size of a part; most servers want 5 MiB at least.',
    },
    1,
    gibibyte,
  ),
  s3TransferMaxConcurrency: integer(
    {
      name: 'S3_TRANSFER_MAX_CONCURRENCY',
      fallback: '10',
      sentence: 'Parts that are on their way at once, of all uploads together.',
    },
    1,
    1000,
  ),
  s3TransferNumDownloadAttempts: integer(
    {
      name: 'S3_TRANSFER_NUM_DOWNLOAD_ATTEMPTS',
      fallback: '5',
      sentence: 'Tries in a row that bring no byte, after which reading an object fails.',
    },
    1,
    100,
  ),
  s3MaxAttempts: integer(
    {
      name: 'S3_MAX_ATTEMPTS',
      fallback: '8',
      sentence: 'Tries of a call; eight bear an outage of 7 seconds at least.',
    },
    1,
    100,
  ),
  s3ConnectTimeoutSeconds: integer(
    {
      name: 'S3_CONNECT_TIMEOUT_SECONDS',
      fallback: '5',
      unit: 'seconds',
      sentence: 'How long a connection may take to come about.',
    },
    1,
    3600,
  ),
  s3ReadTimeoutSeconds: integer(
    {
      name: 'S3_READ_TIMEOUT_SECONDS',
      fallback: '30',
      unit: 'seconds',
      sentence: 'How long the S3 server may be silent.',
    },
    1,
    3600,
  ),
} as const

/** Everything about a storage in S3. */
export const s3Settings = { ...place, ...transfer } as const
