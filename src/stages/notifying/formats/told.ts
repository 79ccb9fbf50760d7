/** An event as it is told. */
export interface Told {
  readonly type: string
  readonly happenedAt: Date
  readonly data: Readonly<Record<string, unknown>>
}
