import { create } from 'xmlbuilder2'

/** An element with what a manifest's reader asks for; names are without their prefixes. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

/** The part of the DOM's interface that is used here. */
interface DomNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly childNodes: Iterable<unknown>
}

interface DomElement extends DomNode {
  readonly attributes: Iterable<unknown>
}

const ELEMENT = 1
const TEXT = 3

/** The root element of an XML document, or a sentence saying why there is none. Never throws. */
export function parseXml(text: string): XmlElement | { readonly reason: string } {
  // A document type can define entities that grow without bound; no manifest needs one.
  if (/<!DOCTYPE/i.test(text)) return { reason: 'has a document type, which no manifest needs' }
  const unclosed = findUnbalancedTag(text)
  if (unclosed !== null) return { reason: `is not well-formed XML: ${unclosed} has no partner` }
  try {
    return toElement(create(text).root().node as unknown as DomElement)
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split('\n')
    return { reason: `is not well-formed XML: ${sentence}` }
  }
}

/** The parser closes what was left open, so the partners of tags are counted first. */
function findUnbalancedTag(text: string): string | null {
  const open: string[] = []
  const tags =
    /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([^\s/>]+)(?:"[^"]*"|'[^']*'|[^"'>])*>/g
  for (const [tag, slash, name] of text.matchAll(tags)) {
    if (name === undefined || tag.endsWith('/>')) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) return `</${name}>`
  }
  const left = open.pop()
  return left === undefined ? null : `<${left}>`
}

function toElement(node: DomElement): XmlElement {
  const nodes = [...node.childNodes] as DomNode[]
  const attributes = ([...node.attributes] as DomNode[]).map(
    ({ nodeName, nodeValue }) => [stripPrefix(nodeName), nodeValue ?? ''] as const,
  )
  const texts = nodes.filter(({ nodeType }) => nodeType === TEXT)
  return {
    name: stripPrefix(node.nodeName),
    attributes: new Map(attributes),
    children: nodes
      .filter((child): child is DomElement => child.nodeType === ELEMENT)
      .map((child) => toElement(child)),
    text: texts
      .map(({ nodeValue }) => nodeValue ?? '')
      .join('')
      .trim(),
  }
}

function stripPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The first child of that name, or null. */
export function findChild(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null
}

/** All children of that name. */
export function listChildren(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The attribute as a number; null when it is missing or no number. */
export function numberOf(element: XmlElement | null, name: string): number | null {
  const text = element?.attributes.get(name)?.trim()
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text)) return null
  return Number(text)
}
