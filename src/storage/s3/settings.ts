import type { Config } from '#config/config.ts'

/** The fields of Config that are about S3. */
export type S3Settings = {
  readonly [Field in keyof Config as Field extends `s3${string}` ? Field : never]: Config[Field]
}

/** Where the S3 server is, with its scheme: Amazon's of the region when no other is named. */
export function endpointOf(settings: S3Settings): string {
  const { s3EndpointUrl, s3IsSecure, s3RegionName } = settings
  if (s3EndpointUrl === null) return `https://s3.${s3RegionName}.amazonaws.com`
  if (s3EndpointUrl.includes('://')) return s3EndpointUrl
  return `${s3IsSecure ? 'https' : 'http'}://${s3EndpointUrl}`
}
