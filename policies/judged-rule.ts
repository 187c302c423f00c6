/** Rules that only a waiver may accept: those of cdk-nag's pack and of the template. */
const judgedRule = /^(AwsSolutions-|[A-Z]{2,}-\d)/;

/** Namespace of the CDK's own warnings, which code may acknowledge. */
const warning = 'Annotation::';

/** Id of what is acknowledged, without the namespace of warnings. */
const idOf = (acknowledged: string): string =>
  acknowledged.toLowerCase().startsWith(warning.toLowerCase()) ? acknowledged.slice(warning.length) : acknowledged;

/** True for the id of an acknowledgement of a finding that only a waiver may accept. */
export const isJudgedRule = (acknowledged: string): boolean => {
  const id = idOf(acknowledged);
  return judgedRule.test(id) || /^[^:[]+::/.test(id);
};

/** Id of the rule in an acknowledgement. */
export const ruleOf = (acknowledged: string): string => idOf(acknowledged).replace(/^[^:[]*::/, '');
