"""A language model behind an endpoint of the OpenAI form: off unless named, and its words count only with proof."""
