import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

export const MAX_DEPTH = 20;
export const MAX_FIELDS = 2000;
export const MAX_PAGE = 1000;

/** Arguments that say how long a page is. */
const PAGE_ARGUMENTS = new Set(['first', 'last']);

/** The client asks for 5,000 files at once; it gets shorter pages, and goes on from their end. */
const OWN_PAGES = new Set(['files']);

export interface DocumentCost {
  /** With every fragment written out. */
  fields: number;
  depth: number;
  /** The longest page that the document itself asks for, and the variables that ask for one. */
  page: number;
  pageVariables: ReadonlySet<string>;
}

/** What the dearest operation of a document costs, before anything is looked up. */
export function documentCost(document: DocumentNode): DocumentCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, Size>();
  const pages = { page: 0, pageVariables: new Set<string>() };

  const sizeOf = (selections: SelectionSetNode | undefined): Size => {
    const size = { fields: 0, depth: 0 };
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        notePage(selection, pages);
        const inner = sizeOf(selection.selectionSet);
        add(size, { fields: inner.fields + 1, depth: inner.depth + 1 });
      } else {
        add(size, selection.kind === Kind.INLINE_FRAGMENT ? sizeOf(selection.selectionSet) : fragmentSize(selection.name.value));
      }
    }
    return size;
  };
  const fragmentSize = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING); // a fragment inside itself ends here; validation refuses it afterwards
    const size = sizeOf(fragments.get(name)?.selectionSet);
    measured.set(name, size);
    return size;
  };

  const cost = { fields: 0, depth: 0 };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { fields, depth } = sizeOf(definition.selectionSet);
    cost.fields = Math.max(cost.fields, fields);
    cost.depth = Math.max(cost.depth, depth);
    for (const { variable, defaultValue } of definition.variableDefinitions ?? []) {
      if (pages.pageVariables.has(variable.name.value) && defaultValue?.kind === Kind.INT) {
        pages.page = Math.max(pages.page, Number(defaultValue.value));
      }
    }
  }
  return { ...cost, ...pages };
}

type Size = { fields: number; depth: number };
const NOTHING: Size = { fields: 0, depth: 0 };

function add(size: Size, more: Size): void {
  size.fields += more.fields;
  size.depth = Math.max(size.depth, more.depth);
}

function notePage(field: FieldNode, pages: { page: number; pageVariables: Set<string> }): void {
  if (OWN_PAGES.has(field.name.value)) return;
  for (const { name, value } of field.arguments ?? []) {
    if (!PAGE_ARGUMENTS.has(name.value)) continue;
    if (value.kind === Kind.VARIABLE) pages.pageVariables.add(value.name.value);
    else if (value.kind === Kind.INT) pages.page = Math.max(pages.page, Number(value.value));
  }
}
