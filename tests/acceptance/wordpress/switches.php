<?php
// Must-use plugin: answers the REST interface with the status that the option names, as security plugins do.
add_filter('rest_authentication_errors', static function ($before) {
    $status = (int) get_option('acceptance_rest_status', 200);
    return $status === 200 ? $before : new WP_Error('rest_closed', 'This interface is closed.', ['status' => $status]);
});
