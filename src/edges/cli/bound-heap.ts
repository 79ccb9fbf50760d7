import { setFlagsFromString } from 'node:v8'

/**
 * Keeps a server's memory near what it uses. By itself V8 lets garbage grow to a multiple of that
 * where the machine has much, and its young generation to tens of megabytes. Of a program that embeds
 * the server this is not ours to decide.
 */
export function boundHeap(): void {
  setFlagsFromString('--heap-growing-percent=30')
  setFlagsFromString('--semi-space-growth-factor=1')
}
