"""What must hold in every template. Each rule takes an `App` and returns the problems it found, empty when all is well."""

from edge_rules import bounded_calls, modern_tls
from facts import ENVIRONMENT, FOR_LIBC, PLATFORM_GUARD, TENANT_GUARD, TENANT_KEYS, pascal, policies
from function_rules import canaries, environment, function_shape, host_only_words, log_groups
from header_rules import response_headers
from permission_rules import (
    bucket_statements,
    key_policy,
    key_statements,
    mail_statements,
    no_wildcards,
    platform_secrets,
    reading_routes,
    table_statements,
    trust,
)
from platform_rules import (
    alarms,
    catalogue,
    crate_folders,
    documented,
    edge_paths,
    function_folders,
    same_functions,
    tables,
)
from queue_rules import queue_shape, queue_sources, schedules

__all__ = [
    "APP_RULES",
    "ENVIRONMENT",
    "FOR_LIBC",
    "PLATFORM_GUARD",
    "TENANT_GUARD",
    "TENANT_KEYS",
    "catalogue",
    "crate_folders",
    "documented",
    "function_folders",
    "host_only_words",
    "pascal",
    "policies",
    "same_functions",
    "stack_size",
]


def stack_size(translated, limit=200):
    """CloudFormation stops at 500; a stack that passes 200 is split before it hurts."""
    return [
        f"{name}: {len(template['Resources'])} resources, more than {limit}"
        for name, template in translated.items()
        if len(template["Resources"]) > limit
    ]


#: Rules that need nothing but the app.
APP_RULES = [
    queue_sources,
    queue_shape,
    schedules,
    no_wildcards,
    table_statements,
    key_statements,
    platform_secrets,
    bucket_statements,
    key_policy,
    mail_statements,
    reading_routes,
    trust,
    function_shape,
    log_groups,
    environment,
    canaries,
    tables,
    edge_paths,
    modern_tls,
    bounded_calls,
    response_headers,
    alarms,
]
