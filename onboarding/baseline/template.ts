/** A value in a template. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, Value>>;
  readonly Condition?: string;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

type Section = Readonly<Record<string, Value>>;

/** A CloudFormation template as data. */
export interface Template {
  readonly Description: string;
  readonly Parameters: Section;
  readonly Conditions: Section;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Section;
}

export const ref = (name: string): Value => ({ Ref: name });
export const sub = (text: string): Value => ({ 'Fn::Sub': text });

/** Replaces properties of a resource; those that are undefined are left out. */
export function withProperties(
  template: Template,
  id: string,
  properties: Readonly<Record<string, Value | undefined>>,
): Template {
  const resource = template.Resources[id];
  if (!resource) {
    throw new Error(`the bootstrap template of this CDK has no resource ${id}: onboarding/baseline must follow it`);
  }
  const Properties = Object.fromEntries(
    Object.entries({ ...resource.Properties, ...properties }).filter(
      (entry): entry is [string, Value] => entry[1] !== undefined,
    ),
  );
  return { ...template, Resources: { ...template.Resources, [id]: { ...resource, Properties } } };
}

/** Leaves out parameters and conditions that nothing uses any more. */
export function pruned(template: Template): Template {
  const left = { ...template, Conditions: used(template, 'Conditions'), Parameters: used(template, 'Parameters') };
  const isSmaller = (['Conditions', 'Parameters'] as const).some(
    (section) => Object.keys(left[section]).length < Object.keys(template[section]).length,
  );
  return isSmaller ? pruned(left) : template;
}

function used(template: Template, section: 'Conditions' | 'Parameters'): Section {
  const names = new Set<string>();
  const { [section]: own, ...others } = template;
  // A condition may use another one, but a parameter uses nothing.
  collectNames(
    section === 'Conditions' ? [...Object.values(others), ...Object.values(own)] : Object.values(others),
    names,
  );
  return Object.fromEntries(Object.entries(own).filter(([name]) => names.has(name)));
}

/** Names that a value refers to, as parameters, conditions or resources. */
function collectNames(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collectNames(each, names);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'Ref' || key === 'Condition') && typeof inner === 'string') names.add(inner);
      if (key === 'Fn::If' && Array.isArray(inner)) names.add(String(inner[0]));
      if (key === 'Fn::Sub') for (const name of referred(inner)) names.add(name);
      collectNames(inner, names);
    }
  }
}

const referred = (text: unknown): readonly string[] =>
  [...String(Array.isArray(text) ? text[0] : text).matchAll(/\$\{([^!.}]+)[^}]*\}/g)].map(([, name = '']) => name);
