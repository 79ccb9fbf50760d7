import type { ColumnType, JSONColumnType } from 'kysely'

/** A timestamp that the database sets when the insert leaves it out. */
export type Timestamp = ColumnType<Date, Date | undefined, Date>
/** JSON: read as a value, written as a text. */
export type Json<T> = JSONColumnType<T & object, string, string>
/** The same, `{}` when the insert leaves it out. */
export type JsonWithDefault<T> = JSONColumnType<T & object, string | undefined, string>
/** A bigint that stays below 2^53. */
export type BigInteger = ColumnType<number, number, number>
