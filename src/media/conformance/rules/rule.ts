import type { Finding, Severity, Violation } from '../finding.ts'
import type { Output } from '../model.ts'

/** One rule of a specification: an entry of rules/catalogue.ts. */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  /** What must be true, as a sentence. */
  readonly title: string
  find(output: Output): Iterable<Violation>
}

/** A rule whose violations were met while reading, as `problems` with its id. */
export function readingRule(id: string, title: string, severity: Severity = 'error'): Rule {
  return {
    id,
    severity,
    title,
    *find(output) {
      for (const { rule, ...violation } of output.problems) if (rule === id) yield violation
    },
  }
}

/** Everything that the rules find in an output, in the order of the rules. */
export function askRules(rules: readonly Rule[], output: Output): Finding[] {
  return rules.flatMap((rule) =>
    [...rule.find(output)].map((found) => ({ rule: rule.id, severity: rule.severity, ...found })),
  )
}
