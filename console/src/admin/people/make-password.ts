/** A password of 120 bits that can be read out: no characters that look like others. */
export function makePassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  // Of a byte the values that are no whole number of alphabets are left out, so that all are alike.
  const most = 256 - (256 % letters.length)
  let password = ''
  while (password.length < 24) {
    const bytes = [...random(new Uint8Array(48))].filter((byte) => byte < most)
    password += bytes.map((byte) => letters[byte % letters.length]).join('')
  }
  return (password.slice(0, 24).match(/.{6}/g) ?? []).join('-')
}
