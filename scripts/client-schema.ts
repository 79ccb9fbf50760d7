/** A schema of OpenAPI 3.1, of which the routes use this much. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly description?: string
  readonly default?: unknown
}

interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The description of the API as the types that openapi-fetch takes: `paths` and `components`. */
export function describeClient({ paths, components }: OpenApi): string {
  const routes = Object.entries(paths).map(([path, operations]) => {
    const members = Object.entries(operations).map(
      ([method, operation]) => `${doc(operation.summary)}${method}: ${writeOperation(operation)}`,
    )
    return `'${path}': {\n${members.join('\n')}\n}`
  })
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `${name}: ${writeType(schema)}`,
  )
  return [
    '// Generated from openapi.json by `npm run generate`.',
    `export interface paths {\n${routes.join('\n')}\n}`,
    `export interface components {\nschemas: {\n${schemas.join('\n')}\n}\n}`,
    '',
  ].join('\n\n')
}

function writeOperation({ parameters = [], requestBody, responses }: Operation): string {
  const places = (['query', 'path', 'header', 'cookie'] as const).map((place) =>
    writePlace(
      place,
      parameters.filter((parameter) => parameter.in === place),
    ),
  )
  const answers = Object.entries(responses).map(([status, { content }]) => {
    const key = /^\d+$/.test(status) ? status : `'${status}'`
    return `${key}: { headers: { [name: string]: unknown }; content: ${writeContent(content)} }`
  })
  return [
    `{\nparameters: {\n${places.join('\n')}\n}`,
    ...(requestBody
      ? [`requestBody: { content: ${writeContent(optionalDefaults(requestBody.content))} }`]
      : []),
    `responses: {\n${answers.join('\n')}\n}\n}`,
  ].join('\n')
}

function writePlace(place: Parameter['in'], parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return `${place}?: never`
  const isNeeded = ({ required = false, schema }: Parameter) =>
    required && schema.default === undefined
  const members = parameters.map(
    (each) =>
      `${doc(each.description)}${name(each.name)}${isNeeded(each) ? '' : '?'}: ${writeType(each.schema)}`,
  )
  return `${place}${parameters.some(isNeeded) ? '' : '?'}: {\n${members.join('\n')}\n}`
}

function writeContent(content: Content = {}): string {
  const kinds = Object.entries(content)
  if (kinds.length === 0) return '{ [name: string]: never }'
  return `{ ${kinds.map(([kind, { schema }]) => `'${kind}': ${writeType(schema ?? {})}`).join('; ')} }`
}

/** What has a default may be left out by who sends it. */
function optionalDefaults(content: Content): Content {
  const kinds = Object.entries(content).map(([kind, { schema = {} }]) => {
    const needed = (key: string) => schema.properties?.[key]?.default === undefined
    return [kind, { schema: { ...schema, required: schema.required?.filter(needed) ?? [] } }]
  })
  return Object.fromEntries(kinds) as Content
}

function writeType(schema: Schema): string {
  const { $ref, anyOf, type } = schema
  if ($ref) return `components['schemas']['${$ref.slice($ref.lastIndexOf('/') + 1)}']`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (anyOf) return anyOf.map((each) => `(${writeType(each)})`).join(' | ')
  if (typeof type === 'object') {
    return type.map((each) => writeType({ ...schema, type: each })).join(' | ')
  }
  if (type === 'array') return `(${writeType(schema.items ?? {})})[]`
  if (type === 'object') return writeObject(schema)
  return primitives.get(type ?? '') ?? 'unknown'
}

const primitives = new Map([
  ['string', 'string'],
  ['integer', 'number'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
])

function writeObject({ properties, required = [], ...others }: Schema): string {
  if (!properties) return `{ readonly [name: string]: ${writeRest(others) ?? 'unknown'} }`
  const members = Object.entries(properties).map(
    ([key, each]) =>
      `${doc(each.description)}readonly ${name(key)}${required.includes(key) ? '' : '?'}: ${writeType(each)}`,
  )
  return `{\n${members.join('\n')}\n}`
}

function writeRest({ additionalProperties, patternProperties }: Schema): string | null {
  const [pattern] = Object.values(patternProperties ?? {})
  if (pattern) return writeType(pattern)
  return typeof additionalProperties === 'object' ? writeType(additionalProperties) : null
}

function name(text: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(text) ? text : `'${text}'`
}

function doc(text: string | undefined): string {
  return text ? `/** ${text.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : ''
}
