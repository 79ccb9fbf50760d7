import { type Static, Type } from 'typebox'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** Where a video's bytes are: exactly one of the three. */
export const SourceReference = Type.Object(
  {
    path: Type.Optional(
      Type.String({ minLength: 1, maxLength: 4096, description: "A file of the server's machine" }),
    ),
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 4096,
        description: 'Fetched from there (http, https)',
      }),
    ),
    key: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1024,
        description: 'An object that is in the storage already; it is never removed',
      }),
    ),
  },
  { additionalProperties: false },
)

/** A source of one kind. */
export type Source =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'key'; readonly key: string }

/** @throws ReelmillError `invalid_request` where it names none or several. */
export function readSource({ path, url, key }: Static<typeof SourceReference>): Source {
  const sources: Source[] = [
    ...(path === undefined ? [] : [{ kind: 'path', path } as const]),
    ...(url === undefined ? [] : [{ kind: 'url', url } as const]),
    ...(key === undefined ? [] : [{ kind: 'key', key } as const]),
  ]
  const [source] = sources
  if (source && sources.length === 1) return source
  throw new ReelmillError('invalid_request', 'A source is one of path, url and key.')
}
