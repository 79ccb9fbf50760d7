import { writeNumbers, writeU32 } from '../../boxes/write-box.ts'

/**
 * A table of [count, value]: how often each value follows itself, as `stts` and `ctts` keep the times
 * of samples (ISO/IEC 14496-12 sections 8.6.1.2 and 8.6.1.3). It grows as samples come.
 */
export class Runs {
  readonly #numbers: number[] = []

  add(value: number): void {
    const last = this.#numbers.length - 1
    if (last > 0 && this.#numbers[last] === value) {
      this.#numbers[last - 1] = (this.#numbers[last - 1] ?? 0) + 1
    } else this.#numbers.push(1, value)
  }

  write(): Buffer {
    return Buffer.concat([writeU32(this.#numbers.length / 2), writeNumbers(this.#numbers)])
  }

  /** True when every value was 0, or there was none. */
  isZero(): boolean {
    return this.#numbers.length === 0 || (this.#numbers.length === 2 && this.#numbers[1] === 0)
  }
}
